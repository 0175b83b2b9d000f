# Les personnes oubliées : une page qui doit être vide, ou expliquée.
forgotten-title = Personnes oubliées
forgotten-what = En retard depuis plus de { $days } jours sans que rien n'ait été écrit, ou sans échéance. Cette page doit être vide.
forgotten-summary = { $silent ->
    [0] Personne n'est oublié.
    [one] Une personne oubliée.
   *[other] { $silent } personnes oubliées.
} { $tried ->
    [0] Cette page doit être vide ou expliquée.
    [one] Une personne est en retard de plus d'un mois, et quelqu'un a essayé.
   *[other] { $tried } personnes sont en retard de plus d'un mois, et quelqu'un a essayé.
}
forgotten-none = Personne n'est oublié
forgotten-none-text = Chaque personne à orienter ou suivie a une échéance et quelqu'un qui la doit ; aucune n'est en retard de plus de { $days } jours.
forgotten-teams = Équipes sans responsable
forgotten-teams-text = Ce que l'équipe doit n'est lu de personne : donnez le rôle de responsable de territoire.
forgotten-team = { $place } : personnes qui attendent l'équipe, { $people }
forgotten-silent-title = En retard depuis longtemps, rien d'écrit
forgotten-tried-title = En retard depuis longtemps, quelqu'un a essayé
forgotten-places = Par territoire : personnes oubliées
forgotten-explained = À part : en retard, quelqu'un a essayé
forgotten-why = Pourquoi
forgotten-more = { $n } personnes au plus par liste, les plus anciennes d'abord ; les autres viennent à mesure.
forgotten-nothing-owed = Suivie, et rien n'est dû : prévenez l'administration, c'est une faute du logiciel.
forgotten-never = En retard depuis le { $due }, rien n'a jamais été écrit.
forgotten-silent = En retard depuis le { $due }, rien d'écrit depuis le { $last }.
forgotten-tried = En retard depuis le { $due }, dernier essai ou dernier acte le { $last }.
