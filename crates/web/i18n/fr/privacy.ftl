privacy-title = Droits des personnes
privacy-lead = Une demande se répond dans le mois qui suit sa réception. Elle s'enregistre depuis la page de la personne.
privacy-summary = { $waiting ->
    [0] Aucune demande n'attend
    [one] Une demande attend
   *[other] { $waiting } demandes attendent
}{ $late ->
    [0] .
    [one] , dont une en retard.
   *[other] , dont { $late } en retard.
}
privacy-none = Aucune demande
privacy-none-text = Ouvrez la page d'une personne, puis « Ses droits », pour enregistrer ce qu'elle demande.
privacy-caption = Demandes, les plus urgentes d'abord
privacy-who = Personne
privacy-right = Demande
privacy-state = Réponse
privacy-do = Que faire
privacy-copy = Faire la copie
privacy-granted = Faite
privacy-partly = Faite en partie
privacy-refused = Refusée
privacy-hidden = Dans aucune liste
privacy-hidden-none = Personne n'est archivé ni gelé.
privacy-archived = Archivée depuis le { $day } : rendue anonyme trois ans après.
privacy-frozen = Données gelées à sa demande depuis le { $day } : gardées, utilisées par personne.
privacy-of = Droits de { $name }
privacy-person-lead = Ce que la personne demande sur ses données, et ce qui lui est répondu.
privacy-record-title = Enregistrer une demande
privacy-record = Enregistrer la demande
privacy-received = Reçue le
privacy-note = Note
privacy-note-hint = Ce qu'elle demande, avec ses mots. Chiffrée ; remise avec la copie.
privacy-lift = Lever le gel
privacy-received-on = Reçue le { $day }
privacy-answer-by = Répondre avant le { $day }
privacy-late = En retard : à répondre avant le { $day }
privacy-answered = { $reply } le { $day }
privacy-soon-title = Bientôt archivées
privacy-soon-summary = { $count ->
    [0] Personne ne sera archivé dans les trente jours.
    [one] Une personne sera archivée dans les trente jours.
   *[other] { $count } personnes seront archivées dans les trente jours.
}
privacy-soon-who = Qui, et quand
privacy-soon-lead = Personne ne les suit et rien n'est venu d'elles depuis près de deux ans. Un contact noté ou un référent nommé les garde.
privacy-soon-none = Rien à regarder aujourd'hui.
privacy-soon-on = Archivée le { $day }
privacy-right-missing = Dites ce que la personne demande.
privacy-received-missing = Dites quand la demande a été reçue.
