# Ce qui est écrit aux personnes : messages, modèles, courriers à poster.
messages-title = Messages et courriers
messages-lead = Ce qui n'a pas pu être remis, et les courriers à poster. Le reste part tout seul.
messages-tab = Messages
messages-failed = { $n ->
    [0] Messages non remis
    [one] Un message non remis
   *[other] { $n } messages non remis
 }
messages-failed-none = Tout est arrivé, ou part encore. Rien à faire.
messages-to-print = { $n ->
    [0] Courriers à poster
    [one] Un courrier à poster
   *[other] { $n } courriers à poster
 }
messages-to-print-none = Aucun courrier n'attend.
messages-print = Imprimer les courriers (PDF)
messages-posted = Les courriers imprimés sont postés
messages-read = Lire
messages-handled = C'est traité
messages-person = Ce qui lui a été écrit
messages-person-none = Rien ne lui a encore été écrit d'ici.
messages-invite = L'inviter à choisir un rendez-vous
messages-invite-send = Envoyer l'invitation
messages-invite-read = Lire l'invitation avant de l'envoyer
messages-invite-by = Elle partira par { $channel }, avec un lien personnel pour choisir son heure.
messages-invite-none = Aucun moyen de lui écrire n'est connu ou permis : appelez cette personne, ou complétez « Joindre ».
messages-invite-with = Avec
messages-invite-anyone = N'importe qui, selon les créneaux libres
messages-invite-where = Où
messages-invite-anywhere = Dans n'importe quel lieu
messages-invite-how = Comment
messages-invite-any-way = Au choix de la personne
messages-templates = Modèles de messages
messages-templates-tab = Messages
messages-templates-lead = Ce que reçoivent les personnes, par SMS, courriel ou courrier. Chaque changement est une version datée ; les anciennes restent.
messages-template = Message
messages-when = Quand
messages-channels = Par où, dans l'ordre
messages-version-in-force = En vigueur
messages-version = Version { $n }
messages-number = version { $n }
messages-edit = Changer ce message
messages-text = Texte
messages-text-hint = Format expliqué dans le guide. Un objet ou un SMS qui nomme le RSA, une sanction ou la santé est refusé, comme un SMS trop long.
messages-examples = À quoi il ressemble
messages-examples-lead = Avec une personne, un rendez-vous et un lien inventés.
messages-example = { $channel }, en { $language ->
    [en] anglais
   *[other] français
 }
messages-parts = { $n ->
    [one] Tient en un SMS.
   *[other] Occupe { $n } SMS avec ces valeurs.
 }
messages-about = { $title }, { $at }
messages-by = par { $name }
messages-alone = envoyé par Déclic
messages-on = { $channel }, demandé { $day }, { $who }
messages-sent-on = { $channel }, parti { $day }, { $who }
messages-reporters = Comptes rendus des SMS
messages-reporters-tab = SMS
messages-reporters-lead = Chaque fournisseur de SMS appelle une adresse secrète pour dire si un message est arrivé. Ce qui n'arrive pas repart par le moyen suivant.
messages-reporters-none = Aucun SMS ne part d'ici
messages-reporters-none-text = Un fournisseur s'ajoute dans le fichier de configuration du serveur, rubrique [[sms]].
messages-reporters-note = Une adresse est montrée une seule fois, et l'ancienne cesse de fonctionner : changez-la si quelqu'un d'autre a pu la lire.
messages-reporter = Fournisseur
messages-address = Adresse de rappel
messages-address-heard = Dernier appel
messages-address-never = Jamais : sans adresse, il ne peut rien dire
messages-address-made = Faite le { $date }
messages-address-made-by = Faite le { $date } par { $name }
messages-address-make = Créer l'adresse
messages-address-change = Changer d'adresse
messages-address-shown = Adresse à donner au fournisseur
messages-address-shown-lead = Copiez-la maintenant dans l'espace client de votre fournisseur, à la place de l'adresse des accusés de réception (« callback », « delivery report », « DLR »). Elle ne sera plus montrée.
messages-address-back = Revenir aux comptes rendus
