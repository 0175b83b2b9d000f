intake-files-title = Fichiers
intake-files-lead = Les fichiers de la CAF, de la MSA et vos tableaux : ce qu'ils ont apporté, ce qu'ils demandent.
intake-files-caption = Fichiers reçus, du plus récent au plus ancien.
intake-files-none = Aucun fichier reçu
intake-files-none-send = Envoyez le fichier mensuel des bénéficiaires : il fait connaître toutes les personnes d'un coup.
intake-files-none-wait = Les chiffres s'afficheront ici dès qu'un fichier sera reçu.
intake-file = Fichier
intake-reference = Situation au
intake-dossiers = Dossiers
intake-changes = Changements
intake-status = État
intake-progress-of = Lecture de { $name }
intake-send = Envoyer un fichier
intake-send-file = Fichier
intake-send-file-hint = Flux XML de la CAF ou de la MSA, ou tableau CSV, XLSX, XLS, ODS.
intake-send-profile = Comment le lire
intake-send-profile-hint = Un flux est reconnu tout seul. Pour un tableau, choisissez le profil enregistré.
intake-send-go = Envoyer
intake-send-safe = Le même fichier envoyé deux fois ne change rien. Un fichier plus ancien n'efface rien de plus récent.
intake-tasks = À faire à cause de ce fichier
intake-tasks-none = Ce fichier ne demande rien.
intake-check = Contrôle du fichier
intake-check-caption = Totaux annoncés en fin de fichier et totaux lus
intake-check-total = Total
intake-check-declared = Annoncé
intake-check-read = Lu
intake-check-result = Résultat
intake-flags = Gardé avec un signalement
intake-flags-lead = Ces personnes sont suivies ; une donnée est à vérifier.
intake-rejects-download = Télécharger l'extrait
intake-rejects-caption = Le reste du fichier est entré. L'organisme doit corriger ces dossiers : l'extrait peut lui être envoyé.
intake-dossier = Dossier
intake-position = Position
intake-line = Ligne
intake-reason = Raison
intake-raw = Texte reçu
intake-raw-open = Lire
intake-raw-of = le texte du dossier { $dossier }, position { $position }
intake-raw-hidden = non visible avec votre rôle
intake-raw-title = Dossier refusé, position { $position }
intake-raw-kept = Ce texte contient des données personnelles. Sa lecture est notée au journal.
intake-change = Ce qui a changé
intake-mapping-title = Que contient chaque colonne ?
intake-mapping-caption = Une ligne par colonne du tableau. Corrigez les propositions qui ne conviennent pas.
intake-column = Colonne
intake-column-letter = colonne { $letter }
intake-no-header = Sans en-tête
intake-samples = Exemples
intake-field = Donnée
intake-why = Pourquoi cette proposition
intake-preview = Aperçu de la lecture
intake-preview-caption = Les premières lignes, comme Déclic les lira. Une étiquette rouge dit ce qui ne peut pas être lu.
intake-mapping-import = Lire le tableau
intake-mapping-preview = Refaire l'aperçu
intake-profile-name = Nom du profil à enregistrer
intake-profile-name-hint = Le prochain tableau de même forme sera lu sans poser ces questions.
intake-reviews-title = À rapprocher
intake-reviews-lead = Deux fiches sont peut-être la même personne. Chacune est suivie en attendant votre décision.
intake-reviews-caption = Questions posées, de la plus ancienne à la plus récente.
intake-known = Dans Déclic
intake-named = Dans le fichier
intake-doubt = Pourquoi la question
intake-since = Depuis
intake-decision = Décision
intake-open = à décider
intake-review-title = Est-ce la même personne ?
intake-review-caption = Les deux fiches, donnée par donnée. Ce qui diffère est surligné.
intake-fact = Donnée
intake-review-why = Ce que disent les fiches
intake-for = Pour :
intake-against = Contre :
intake-unknown = Inconnu :
intake-decide = Décider
intake-same = C'est la même personne
intake-two = Ce sont deux personnes
intake-later = Décider plus tard
intake-decide-hint = Une décision peut être défaite : les deux fiches sont gardées.
intake-decide-not = Votre rôle ne permet pas de décider pour ces personnes.
intake-undo = Défaire cette décision
intake-undo-hint = Les deux fiches redeviennent séparées et la question se pose de nouveau.

# La liste et l'envoi
intake-files-shown = { $n ->
    [one] { $n } fichier affiché
   *[other] { $n } fichiers affichés
 }
intake-guess = Reconnaître tout seul
intake-kind = Nature
intake-received = Reçu
intake-send-none = Choisissez un fichier.
intake-send-empty = Ce fichier est vide. Vérifiez-le, puis envoyez-le de nouveau.
intake-send-broken = L'envoi s'est interrompu et rien n'a été gardé. Envoyez le fichier de nouveau.
intake-status-waiting = En attente
intake-status-running = Lecture en cours
intake-status-mapping = Colonnes à choisir
intake-status-failed = Refusé
intake-status-again = Déjà connu
intake-status-done = Lu

# Le bilan
intake-n-of = { $n } sur { $total }
intake-summary = { $name }, reçu { $received }.
intake-changed = Ce que ce fichier a changé
intake-progress = { $read } lus sur { $total }.
intake-progress-elsewhere = La lecture est en cours.
intake-progress-waiting = Le fichier attend son tour : un seul est lu à la fois.
intake-refused = Ce fichier est refusé, rien n'a été écrit.
intake-send-again = Envoyer un autre fichier
intake-to-map = Dites ce que contient chaque colonne.
intake-map-go = Choisir les colonnes
intake-known-already = Ce fichier était déjà entré.
intake-known-already-text = Rien n'a changé. Voici ce qu'il avait apporté.
intake-entered = { $n ->
    [one] { $of } dossier est entré.
   *[other] { $of } dossiers sont entrés.
 }
intake-entered-text = Le relire ne changerait rien : ce qu'il dit est déjà connu.
intake-do-orient = { $n ->
    [one] { $n } personne entre dans les droits et devoirs
   *[other] { $n } personnes entrent dans les droits et devoirs
 }
intake-do-orient-detail = Celles qui n'ont pas de référent sont à orienter.
intake-do-suspended = { $n ->
    [one] { $n } droit suspendu
   *[other] { $n } droits suspendus
 }
intake-do-suspended-detail = Leur référent doit être prévenu.
intake-do-closed = { $n ->
    [one] { $n } droit fermé
   *[other] { $n } droits fermés
 }
intake-do-closed-detail = Le suivi est à clore ou à poursuivre.
intake-do-moved = { $n ->
    [one] { $n } départ vers un autre organisme
   *[other] { $n } départs vers un autre organisme
 }
intake-do-moved-detail = La suite de l'accompagnement est à transmettre.
intake-check-equal = Égal
intake-check-none = Sans total
intake-check-less = { $n ->
    [one] { $n } de moins
   *[other] { $n } de moins
 }
intake-check-more = { $n ->
    [one] { $n } de plus
   *[other] { $n } de plus
 }
intake-undeclared = non annoncé
intake-persons = Personnes
intake-persons-n = { $created ->
    [one] { $created } créée
   *[other] { $created } créées
 }, { $updated ->
    [one] { $updated } modifiée
   *[other] { $updated } modifiées
 }, { $unchanged } sans changement, { $review } à rapprocher
intake-accepted = Dossiers entrés
intake-duration = Durée de la lecture
intake-seconds = { $n } s
intake-fingerprint = Empreinte
intake-match-n = { $n ->
    [one] Rapprocher { $n } personne
   *[other] Rapprocher { $n } personnes
 }
intake-warning-check = À vérifier
intake-warning-info = Pour information
intake-warning-total = Le total annoncé n'est pas le total lu
intake-warning-header = Deux fichiers pour un même en-tête
intake-warning-encoding = Caractères lus autrement qu'annoncé
intake-warning-code = Codes inconnus
intake-warning-commune = Communes inconnues
intake-warning-nir = NIR à vérifier
intake-warning-twice = Dossiers répétés
intake-warning-sheet = Valeurs laissées de côté
intake-warning-household = Paiements de foyers inconnus
intake-warning-other = Valeurs gardées avec un signalement

# Derrière un chiffre, les refus
intake-rejects-n = { $n ->
    [one] { $n } dossier refusé
   *[other] { $n } dossiers refusés
 }
intake-behind-none = Personne que vous puissiez voir
intake-behind-none-text = Les personnes derrière ce chiffre sont hors de votre périmètre, ou ce chiffre est nul.
intake-behind-hidden = { $n ->
    [one] { $n } autre personne est hors de votre périmètre.
   *[other] { $n } autres personnes sont hors de votre périmètre.
 }
intake-table = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
 }, { $columns ->
    [one] { $columns } colonne.
   *[other] { $columns } colonnes.
 }

# Les rapprochements
intake-reviews-n = { $n ->
    [one] { $n } question à décider
   *[other] { $n } questions à décider
 }
intake-reviews-open = À décider
intake-reviews-decided = Décidées
intake-reviews-none = Aucune question n'attend de décision
intake-reviews-undecided = Aucune décision encore
intake-reviews-none-text = Une question se pose quand un fichier nomme quelqu'un qui ressemble à une personne connue.
intake-verdict-same = Une seule personne
intake-verdict-two = Deux personnes
intake-review-asked = { $doubt }. Question posée { $day }.
intake-review-from = { $name }, dans { $file }
intake-review-reason = Motif de la décision
intake-review-decided = { $verdict } : décidé { $when } par { $by }.
intake-review-because = Motif : { $reason }
intake-review-nobody = un compte qui n'existe plus
intake-fact-last-name = Nom d'usage
intake-fact-birth-name = Nom de naissance
intake-fact-first-name = Prénom
intake-fact-birth-date = Date de naissance
intake-fact-sex = Sexe
intake-fact-birth-place = Commune de naissance
intake-fact-nir = NIR
intake-fact-france-travail = Identifiant France Travail
intake-fact-household = Dossier
intake-fact-address = Adresse
intake-fact-contact = Téléphone ou courriel
intake-fact-absent = absent
intake-fact-same = { $fact } : identique
intake-fact-differs = { $fact } : différent
intake-fact-unknown = { $fact } : inconnu d'un côté au moins
intake-sex-m = Homme
intake-sex-f = Femme
intake-place = { $organism }, dossier { $matricule }, { $role }
intake-place-past = (n'y figure plus)
