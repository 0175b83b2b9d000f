journal-title = Journal
journal-caption = Du plus récent au plus ancien. Rien ne peut y être changé ni effacé.
journal-when = Quand
journal-who = Qui
journal-act = Acte
journal-about = Sur
journal-reason = Motif
journal-none = Aucune ligne pour ces filtres
journal-none-text = Élargissez les dates ou enlevez un filtre.
journal-summary = Qui a lu ou fait quoi, quand et pourquoi. Le journal ne contient aucune donnée des dossiers.
journal-shown = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
 }
journal-any-act = Tous
journal-anybody = Tout le monde
journal-from = Du
journal-to = Au
journal-machine = Déclic ({ $name })
journal-person = Un dossier
journal-file = Un fichier
journal-chained = Chaque ligne est liée à la précédente.
journal-chained-text = Une ligne changée ou ôtée se verrait à la vérification.
journal-verify = Vérifier tout le journal
journal-whole = { $n ->
    [one] Le journal est entier : { $n } ligne vérifiée.
   *[other] Le journal est entier : { $n } lignes vérifiées.
 }
journal-whole-text = Aucune n'a été changée ni ôtée.
journal-broken = Le journal est rompu à la ligne { $number }.
journal-broken-text = Cette ligne, ou une ligne avant elle, a été changée ou ôtée par un autre outil. Prévenez qui tient la base de données.
