# Le contrat d'engagement : l'écrire, le signer, le valider, le renouveler, le terminer.
engagement-title = Contrat d'engagement
engagement-none = Aucun contrat pour l'instant.
engagement-new = Écrire un contrat
engagement-old = Un ancien contrat encore en vigueur
engagement-old-go = Noter un ancien contrat
engagement-old-lead = Contrat d'engagements réciproques (CER) ou projet signé avant le nouveau contrat : ses dates suffisent. Déclic rappelle de le remplacer pour { $name }, sans rien rompre.
engagement-from = { $nature } du { $day }
engagement-until = Jusqu'au { $date }.
engagement-missing = Reste à signer : { $who }.
engagement-hours = { $n ->
    [0] Sans durée d'activité
    [one] { $n } heure par semaine
   *[other] { $n } heures par semaine
}
engagement-hours-until = { $n ->
    [0] Sans durée d'activité jusqu'au { $date }
    [one] { $n } heure par semaine, adaptée jusqu'au { $date }
   *[other] { $n } heures par semaine, adaptées jusqu'au { $date }
}
engagement-lead = { $name }. Écrit par { $by }, le { $date }.
engagement-lead-nobody = { $name }. Écrit le { $date }.
engagement-brief = En bref
engagement-back = Revenir au contrat
engagement-starts = Premier jour
engagement-ends = Dernier jour
engagement-week = Activité
engagement-why-lighter = Pourquoi moins d'heures
engagement-programme = Dispositif
engagement-signed-on = Signé le
engagement-person = Ce que fait la personne
engagement-organisation = Ce que nous faisons
engagement-signatures = Signatures
engagement-signed = Signé
engagement-awaited = Attendue
engagement-not-given = Non donnée
engagement-given = Le { $date }, { $how }
engagement-given-by = { $told }. Enregistré par { $by }.
engagement-digest = Empreinte du texte signé
engagement-sign = Je signe
engagement-sign-lead = En signant, vous vous engagez au nom de l'{ $who } sur le texte affiché ici. Il ne change plus ensuite : une modification se fait par avenant.
engagement-paper = PDF à signer
engagement-hand = Signatures sur papier
engagement-hand-lead = Cochez qui a signé la feuille remise à { $name }. Vous pouvez ajouter la feuille numérisée dans ses documents.
engagement-hand-day = Signé le
engagement-hand-who = Qui a signé
engagement-hand-hint = Seulement les signatures qui sont sur la feuille.
engagement-edit = Modifier le projet
engagement-validate = Valider
engagement-validate-lead = Le contrat de { $name } entre en vigueur.
engagement-return = Renvoyer
engagement-return-lead = Le contrat de { $name } redevient un projet ; les signatures données ne comptent plus.
engagement-return-text = Ce qu'il faut revoir
engagement-return-hint = Une phrase au moins, lue par celles et ceux qui accompagnent.
engagement-follow = Écrire la suite ou un avenant
engagement-convert = Le remplacer par un contrat d'engagement
engagement-keep-hours = Garder les heures adaptées
engagement-keep-hours-lead = Vous en avez reparlé avec { $name } : les heures adaptées continuent. Pour les changer, écrivez un avenant.
engagement-keep-hours-day = Jusqu'au
engagement-end = Mettre fin au contrat
engagement-end-lead = Le contrat de { $name } se termine avant sa date. Ce n'est jamais automatique, et cela ne touche pas au droit.
engagement-end-reason = Pourquoi
engagement-end-day = Dernier jour
engagement-drop = Abandonner ce projet
engagement-drop-lead = Le projet de { $name } n'est plus proposé ; il reste dans ce qui a été enregistré.
engagement-record = Enregistrer
engagement-save = Enregistrer le projet
engagement-write-lead = Pour { $name }, dans { $programme }. Signeront : { $who }.
engagement-write-lead-validated = Pour { $name }, dans { $programme }. Signeront : { $who } ; puis la personne responsable valide.
engagement-write-lead-alone = Pour { $name }. Signeront : { $who }.
engagement-ends-hint = { $n } mois proposés. Vingt-quatre mois au plus.
engagement-weekly = Heures d'activité par semaine
engagement-weekly-hint = { $n } heures sont visées ; moins, ou aucune, selon la situation.
engagement-lighter = Pourquoi moins d'heures
engagement-lighter-none = Sans objet
engagement-lighter-hint = Seulement en dessous de { $n } heures. Lu par le binôme et son encadrement, jamais écrit sur le papier.
engagement-lighter-until = À revoir le
engagement-lighter-until-hint = Le jour où vous en reparlez ensemble, dans la durée du contrat.
engagement-lines-hint = Un engagement par ligne, en mots simples.
engagement-person-field = Ce que fait la personne
engagement-organisation-field = Ce que nous faisons
engagement-planned = { $what }, avant le { $date }
engagement-usual-person = Venir aux rendez-vous, ou prévenir quand c'est impossible
engagement-usual-contact = Vous voir ou vous appeler au moins tous les { $n } jours
engagement-usual-organisation = Vous aider dans vos démarches et répondre à vos questions
engagement-paper-reference = Contrat { $id }, version { $n }
engagement-paper-lead = Ce contrat dit ce que vous faites et ce que nous faisons pour vous. Il a été écrit avec vous.
engagement-paper-dates = Durée
engagement-paper-from-to = du { $from } au { $to }
engagement-paper-week = Activité
engagement-paper-lighter = { $n ->
    [one] { $n } heure par semaine, adaptée à votre situation ; nous en reparlons le { $date }
   *[other] { $n } heures par semaine, adaptées à votre situation ; nous en reparlons le { $date }
}
engagement-paper-exempt = aucune durée, selon votre situation ; nous en reparlons le { $date }
engagement-paper-person = Ce que vous faites
engagement-paper-organisation = Ce que nous faisons pour vous
engagement-paper-change = Votre situation change, ou une date ne convient plus ? Dites-le nous : le contrat se change avec vous, à tout moment.
engagement-paper-breach = Ce contrat ne se rompt jamais tout seul. Si quelque chose n'a pas pu être fait, nous en parlons d'abord ensemble.
engagement-paper-keep = Gardez un exemplaire. Vous pouvez en demander une copie.
engagement-told-by = { $nature } : { $what }, { $who }
engagement-list = Contrats
engagement-list-lead = Ce que les contrats demandent, le plus pressé d'abord.
engagement-list-none = Aucun contrat ne demande rien
engagement-list-none-text = Les contrats à valider, à remplacer, à renouveler ou à écrire apparaîtront ici.
engagement-list-validate = { $n ->
    [one] Un contrat à valider
   *[other] { $n } contrats à valider
}
engagement-list-replace = { $n ->
    [one] Un ancien contrat à remplacer
   *[other] { $n } anciens contrats à remplacer
}
engagement-list-ending = { $n ->
    [one] Un contrat se termine dans les trente jours
   *[other] { $n } contrats se terminent dans les trente jours
}
engagement-list-sign = { $n ->
    [one] Un contrat à écrire ou à signer
   *[other] { $n } contrats à écrire ou à signer
}
engagement-list-validate-by = À valider avant le { $date }
engagement-list-replace-by = À remplacer avant le { $date }
engagement-list-ending-by = Se termine le { $date }
engagement-list-sign-by = À signer avant le { $date }
engagement-before = Voir le précédent, du { $day }
engagement-list-more = Les { $n } plus pressés ; les autres suivent à mesure.
