# Personnes proposées à une structure : sur la fiche, puis chez le partenaire.
proposals-title = Propositions
proposals-count = { $n ->
    [one] une proposition
   *[other] { $n } propositions
 }
proposals-none = Cette personne n'est proposée à aucune structure.
proposals-by = Par { $author }, du { $since } au { $until }.
proposals-ended-on = Terminée le { $date }.
proposals-sees = La structure voit : { $what }.
proposals-saw = La structure voyait : { $what }.
proposals-names = prénom, nom
proposals-phone = téléphone
proposals-email = courriel
proposals-commune = commune
proposals-age = âge
proposals-end-go = Terminer
proposals-new = Proposer à une structure
proposals-new-go = Proposer
proposals-to = Structure
proposals-choose = Choisissez une structure
proposals-no-structure = Aucune structure ouverte hors du Département
proposals-message = Ce que vous lui écrivez
proposals-message-hint = Ce que vous attendez de la structure. Elle lira ce texte : rien de la santé, du droit ou du foyer.
proposals-last-day = Dernier jour
proposals-last-day-hint = Six mois au plus. Ce jour passé, la structure ne voit plus rien.
proposals-share = Ce que la structure verra, en plus du prénom et du nom
proposals-share-hint = Ne cochez que ce dont elle a besoin. Le NIR, le droit, le foyer, les notes et les numéros de dossier ne sont jamais montrés.
proposals-share-phone = Téléphone
proposals-share-email = Courriel
proposals-share-commune = Commune, sans la rue
proposals-share-age = Âge, sans la date de naissance
proposals-state-waiting = attend une réponse
proposals-state-accepted = acceptée
proposals-state-declined = déclinée
proposals-state-ended = terminée
proposals-state-past = passée
proposals-accepted-by = Acceptée par { $by }, { $when }.
proposals-declined-by = Déclinée par { $by }, { $when }.
proposals-mine = Personnes proposées
proposals-mine-summary = { $n ->
    [0] Aucune n'attend votre réponse.
    [one] Une personne attend votre réponse.
   *[other] { $n } personnes attendent votre réponse.
 }
proposals-mine-none = Personne ne vous est proposé aujourd'hui
proposals-mine-none-text = Quand un professionnel du Département proposera une personne à votre structure, elle s'affichera ici jusqu'au dernier jour prévu.
proposals-no-place = Votre compte n'a de rôle dans aucune structure
proposals-no-place-text = Les personnes sont proposées à une structure. Demandez à l'administration du Département de vous y donner un rôle.
proposals-mine-note = Vous ne voyez que les personnes proposées à votre structure, jusqu'au dernier jour. Chaque lecture est notée au journal de la personne.
proposals-person = Personne
proposals-structure = Structure
proposals-since = Proposée le
proposals-until = Jusqu'au
proposals-state = État
proposals-why = Vous voyez ces informations parce que { $name } est une personne proposée à { $structure }, jusqu'au { $until }.
proposals-asked = Ce qui vous est demandé
proposals-from = Écrit par { $author }, le { $since }.
proposals-from-somebody = Écrit par une professionnelle ou un professionnel qui suit la personne, le { $since }.
proposals-told = Ce que vous voyez
proposals-told-note = Le reste du dossier ne vous est pas ouvert. Ne gardez pas ces informations après le dernier jour.
proposals-name = Prénom et nom
proposals-told-phone = Téléphone
proposals-told-email = Courriel
proposals-told-commune = Commune
proposals-told-age = Âge
proposals-told-none = non connu
proposals-told-unreachable = aucun qui puisse servir
proposals-answer = Votre réponse
proposals-answer-again = Vous pouvez encore changer cette réponse. Si vous déclinez, la personne disparaît de votre liste.
proposals-answer-go = Répondre
proposals-reply = Réponse
proposals-reply-choose = Choisissez votre réponse
proposals-reply-accepted = Nous acceptons de rencontrer cette personne
proposals-reply-declined = Nous déclinons
proposals-reply-hint = Si vous déclinez, la personne disparaît aussitôt de votre liste.
proposals-reason = Précisions
proposals-reason-hint = Si vous acceptez : où, quand, avec qui. Si vous déclinez : pourquoi, en une phrase.
