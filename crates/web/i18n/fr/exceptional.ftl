exceptional-title = Accès exceptionnels
exceptional-waiting = { $n ->
    [0] Tout est lu.
    [one] { $n } accès à lire.
   *[other] { $n } accès à lire.
 }
exceptional-none = Aucun accès exceptionnel
exceptional-none-text = Quand quelqu'un ouvre la fiche d'une personne qu'il ne suit pas, vous le lisez ici aussitôt.
exceptional-who = Qui
exceptional-about = Fiche
exceptional-why = Pourquoi
exceptional-read = Lecture
exceptional-somebody = une personne
exceptional-seen = lu
exceptional-seen-go = Marquer comme lu
exceptional-note = Un accès exceptionnel vaut 30 minutes, pour une seule personne dont l'identité exacte était connue. Il figure aussi dans « Qui a consulté » de cette personne.
exceptional-ask = Ouvrir un accès exceptionnel
exceptional-ask-lead = Vous recevez une personne que vous ne suivez pas. Son identité exacte ouvre sa fiche 30 minutes ; la responsable ou le responsable du territoire et la protection des données le savent aussitôt.
exceptional-ask-go = Ouvrir la fiche pour 30 minutes
exceptional-choose = Choisissez un motif
exceptional-last-name = Nom
exceptional-last-name-hint = Nom d'usage ou de naissance, en entier, avec la date de naissance.
exceptional-birth-date = Date de naissance
exceptional-first-name = Prénom
exceptional-first-name-hint = Seulement si deux personnes ont ce nom et cette date.
exceptional-number = Numéro de dossier
exceptional-number-hint = Numéro de demande de RSA ou matricule, en entier. Il suffit seul.
exceptional-motive = Motif
exceptional-reason = Ce qui se passe
exceptional-reason-hint = 20 caractères au moins. Votre responsable le lira, la personne peut le demander.
exceptional-setting = Accès exceptionnels
exceptional-setting-lead = Qui reçoit une personne inconnue peut ouvrir sa fiche 30 minutes, avec son identité exacte et un motif écrit.
exceptional-setting-roles = Rôles à qui le Département ouvre ces accès
exceptional-setting-hint = Ne cochez rien pour n'en ouvrir à personne.
exceptional-setting-go = Enregistrer
