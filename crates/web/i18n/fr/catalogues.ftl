# Le questionnaire et les règles de l'orientation.
catalogues-tab = Orientation
catalogues-title = Questionnaire et règles d'orientation
catalogues-lead = Les règles proposent, une personne décide. Chaque changement est une version datée ; les anciennes restent.
catalogues-edit-rules = Changer les règles
catalogues-edit-questions = Changer le questionnaire
catalogues-text = Texte
catalogues-text-hint = Format TOML, expliqué dans le guide. Une faute est dite avec sa ligne ; rien n'est publié tant qu'il en reste.
catalogues-first-day = Premier jour
catalogues-first-day-hint = Aujourd'hui au plus tôt.
catalogues-note = Pourquoi ce changement
catalogues-note-hint = Se lira dans la liste des versions.
catalogues-try = Essayer sur les appels passés
catalogues-publish = Publier
catalogues-tried-title = Essai sur les appels passés
catalogues-tried = { $n ->
    [0] Aucune proposition ne changerait, sur { $all } appels passés.
    [one] Une proposition changerait, sur { $all } appels passés.
   *[other] { $n } propositions changeraient, sur { $all } appels passés.
 }
catalogues-tried-line = Appel n° { $n } : « { $before } » deviendrait « { $after } ». Règles qui ne s'appliquent plus : { $gone }. Règles nouvelles : { $new }.
catalogues-order = Rang
catalogues-gives = Donne
catalogues-why = Raison
catalogues-reference = Texte
catalogues-versions = Versions
catalogues-rules-version = Règles, version { $n }
catalogues-questions-version = Questionnaire, version { $n }
catalogues-in-force = en vigueur
catalogues-to-come = à venir
catalogues-past = passée
catalogues-since = À partir du { $date }.
catalogues-by = Par { $name }.
catalogues-gives-result = fin des règles : { $code }
catalogues-gives-flag = signal : { $code }
catalogues-gives-meet = rencontre d'abord
catalogues-stage-safety = Urgences
catalogues-stage-eligibility = Y a-t-il une orientation à décider ?
catalogues-stage-organisation = Organisme par nature
catalogues-stage-path = Parcours
catalogues-stage-default = Organisme par défaut
catalogues-stage-programme = Dispositifs
catalogues-stage-review = Réexamen
