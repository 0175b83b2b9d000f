# L'équipe : qui suit qui, et le relais d'un professionnel à un autre.
team-title = L'équipe
team-summary = { $n ->
    [one] Un professionnel
   *[other] { $n } professionnels
}, { $people ->
    [0] aucun suivi en cours.
    [one] un suivi en cours.
   *[other] { $people } suivis en cours.
} Un binôme compte une fois de chaque côté.
team-alone = { $n ->
    [one] personne sans référent
   *[other] personnes sans référent
}
team-late = { $n ->
    [one] personne en retard
   *[other] personnes en retard
}
team-contracts = { $n ->
    [one] contrat hors délai
   *[other] contrats hors délai
}
team-waiting = { $n ->
    [one] personne en attente d'une réponse ou d'une place
   *[other] personnes en attente d'une réponse ou d'une place
}
team-who = Qui suit qui
team-attendance = Rendez-vous des { $days } derniers jours. La capacité prévient, elle ne bloque pas.
team-none = Personne ne suit encore quelqu'un ici
team-none-text = Les référents et les conseillers de votre équipe apparaîtront ici.
team-professional = Professionnel
team-follows = Personnes suivies
team-head-late = En retard
team-head-contracts = Contrats
team-head-met = Rendez-vous
team-head-free = Premier créneau libre
team-social = côté social
team-employment = côté emploi
team-gone = ne suit plus personne
team-over = au-dessus
team-nobody = personne
team-up-to-date = à jour
team-no-meeting = aucun
team-no-slot = aucun
team-load = { $n } sur { $most }
team-met = { $held ->
    [one] un tenu
   *[other] { $held } tenus
}, { $absent ->
    [one] une absence
   *[other] { $absent } absences
}, { $excused ->
    [one] une excuse
   *[other] { $excused } excuses
}
team-at-work = { $n ->
    [one] une personne en activité
   *[other] { $n } personnes en activité
}
team-ending = { $n ->
    [one] une fin de dispositif ou de contrat proche
   *[other] { $n } fins de dispositif ou de contrat proches
}
team-hand-over-short = Passer le relais
team-hand-over = Passer le relais de { $name }
team-hand-over-lead = Les personnes cochées sont suivies dès aujourd'hui par un autre professionnel, du même côté. Leur histoire, leurs échéances et leurs rendez-vous restent.
team-to = Qui prend le relais
team-to-nobody = Personne d'autre n'accompagne de ce côté : demandez d'abord un compte à l'administration.
team-taker = { $name }, { $side }, { $load }
team-note = Note de relais
team-note-hint = Obligatoire. Ce que le nouveau référent doit savoir : ce qui est en cours, ce qui est promis, ce à quoi faire attention. Lue par toute l'équipe qui suit ces personnes : rien de médical, rien de réservé à un côté.
team-people = Personnes à confier
team-people-hint = { $n ->
    [one] Une personne, la plus urgente d'abord.
   *[other] { $n } personnes, les plus urgentes d'abord. Deux cents au plus à la fois.
}
team-box = { $name } : { $due }
team-box-due = { $what }, { $when }
team-box-none = rien n'est dû
team-hand-over-go = Passer le relais
