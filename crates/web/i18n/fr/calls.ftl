# Le poste d'appel, l'écran de l'appel, la décision.
calls-title = Appels
calls-waiting = { $n ->
    [0] Personne n'attend d'appel.
    [one] Une personne peut être appelée maintenant.
   *[other] { $n } personnes peuvent être appelées maintenant.
 }
calls-next = Appeler la personne suivante
calls-nobody = Personne n'est à appeler
calls-nobody-text = Les personnes déjà appelées reviendront à leur heure. La liste dit où chacune en est.
calls-all = Toute la liste
calls-mine = En ligne avec vous
calls-mine-note = Réservée à vous pendant 30 minutes. Vos collègues voient d'autres personnes.
calls-queue = Dans la file
calls-my-queue = Ma file
calls-desk = Mes appels
calls-later-title = Rappels promis
calls-later-none = Aucun rappel n'est promis pour plus tard.
calls-promised = rappel { $day } à { $time }
calls-tries = { $n ->
    [one] un essai
   *[other] { $n } essais
 }
calls-call-title = Appel avec { $name }
calls-decide-title = Orientation de { $name }
calls-received = demande reçue le { $date }
calls-file = Sa fiche
calls-attempt = { $day } à { $time } : { $what } ({ $by })
calls-language = Langue : { $name }
calls-no-call = Ne souhaite pas être appelé·e
calls-no-voicemail = Ne pas laisser de message
calls-no-phone = Aucun numéro connu
calls-shut-oriented = Cette personne est déjà orientée : il n'y a plus d'appel à passer.
calls-shut-taken = { $name } est en ligne avec cette personne. Vous pourrez la prendre ensuite.
calls-shut-free = Prenez cette personne pour écrire : vos collègues ne l'appelleront pas en même temps.
calls-take = Prendre l'appel
calls-give-back = Rendre à la file
calls-failed = L'appel n'aboutit pas
calls-call-back = Rappeler le
calls-call-back-go = À rappeler
calls-inbound = C'est la personne qui appelle
calls-questions = Questions
calls-progress = { $n } réponses sur { $all } questions
calls-answered = Questions répondues
calls-required = à poser
calls-confirmed = Vérifié
calls-of-department = je vous appelle du Département
calls-save = Enregistrer et voir la proposition
calls-saved = Chaque réponse est enregistrée quand vous la donnez.
calls-advice = Orientation conseillée
calls-rules = Règles, version { $n }
calls-choose-path = Choisir le parcours
calls-proposed = proposé
calls-you-decide = C'est vous qui décidez. Un autre choix demande un motif.
calls-choose = Choisir
calls-organisation = Organisme référent
calls-programmes = Dispositifs à proposer
calls-programmes-hint = La personne choisit librement : décochez ce qu'elle ne souhaite pas.
calls-who-follows = Qui suivra la personne
calls-later = Plus tard
calls-same = Pas de changement
calls-same-detail = { $who } continue de suivre cette personne.
calls-later-detail = Le responsable de territoire nomme un référent dans les 5 jours ouvrés.
calls-place = { $name } ({ $town }, à { $km } km)
calls-referred = adressée
calls-referred-urgent = adressée, urgent
calls-of-sector = secteur { $name }
calls-full = complet
calls-sector = Secteur
calls-every-sector = Tous les secteurs
calls-structure-load = Sa structure : { $n } sur { $most }
calls-load = { $n ->
    [0] Personne suivi, { $most } places
    [one] Une personne suivie, { $most } places
   *[other] { $n } personnes suivies, { $most } places
 }
calls-load-alone = { $n ->
    [0] Personne suivi
    [one] Une personne suivie
   *[other] { $n } personnes suivies
 }
calls-texts = Ce qui sera écrit
calls-explanation = Ce que la personne recevra
calls-explanation-alone = Ce que la personne doit comprendre de cette décision, en phrases simples.
calls-explanation-hint = Écrit d'après ses réponses : relisez-le avec elle, en phrases simples.
calls-reason = Motif, si vous vous écartez de la proposition
calls-reason-hint = Une phrase. Rien sur la santé ni sur ce qui ne sert pas à la décision.
calls-decide = Décider
calls-again = Une décision est en vigueur. La nouvelle la remplacera, avec son motif ; l'ancienne reste écrite.
calls-missing = { $n ->
    [one] Une question à poser n'a pas de réponse.
   *[other] { $n } questions à poser n'ont pas de réponse.
 }
calls-result-none = Le droit n'est pas ouvert : il n'y a pas d'orientation à décider.
calls-result-transfer = La personne vit dans un autre département : transmettez, ne décidez pas.
calls-result-voluntary = La personne n'est pas soumise aux droits et devoirs : orientez-la seulement si elle le demande.
calls-result-keep = La personne a déjà un référent.
calls-result-meet = Rencontrez la personne avant de proposer.
calls-no-answer = pas de réponse
calls-or = { " ou " }
calls-why-not = { $question } Il faudrait : { $needed }. Répondu : { $given }.
calls-why-not-this = { $question } Répondu : { $given }.
calls-why-strong = Nombre de difficultés fortes.
calls-why-medium = Nombre de difficultés moyennes.
calls-decisions = Décisions précédentes
calls-decided-by = Décidée le { $date } par { $by }.
calls-referent = Référent : { $who }.
calls-no-referent = Aucun référent nommé à ce moment.
calls-programmes-kept = Dispositifs : { $what }.
calls-review = À revoir { $date }.
calls-in-force = en vigueur
calls-ended = terminée le { $date }
calls-reason-was = Motif :
calls-orientation = Orientation
calls-not-yet = Aucune décision d'orientation.
calls-open = Appeler
calls-decide-here = Décider sans appel
calls-decide-again = Réorienter
calls-begin = La proposition se construit avec les réponses. Sans appel, la décision demande un motif.
calls-first = Premier rendez-vous
calls-no-slots = Aucun créneau libre chez les personnes proposées. Le rendez-vous se prendra depuis la fiche.
calls-no-slot = Pas maintenant
calls-no-slot-detail = à prendre depuis la fiche
calls-slot-note = Qui reçoit devient le référent. Relisez avec la personne le jour, l'heure et le lieu.
calls-letter = Lettre
calls-letter-of = Lettre de la décision : { $title } (PDF)
