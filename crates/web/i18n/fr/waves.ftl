### Vagues d'invitations.

waves-title = Vagues
waves-text = Inviter plusieurs personnes à choisir leur heure, sans en inviter plus qu'il n'y a de places.
waves-new = Nouvelle vague
waves-none = Aucune vague.
waves-none-text = Choisissez des personnes et des heures : celles pour qui il y a une place sont invitées, les autres le seront quand une place se libère.
waves-open = En cours
waves-over = Finie
waves-lead = Faite le { $day } par { $by }. Heures proposées jusqu'au { $until }.
waves-new-lead = Comptez d'abord : rien n'est envoyé avant que vous ayez vu les nombres.
waves-who = Qui
waves-what = À quoi
waves-state = Où elles en sont
waves-any-state = À orienter, orientées ou connues
waves-until = Heures jusqu'au
waves-until-hint = Seules les heures libres jusqu'à ce jour sont comptées.
waves-most = Combien de personnes au plus
waves-most-hint = De 1 à { $most }. Les plus urgentes d'abord.
waves-count = Compter
waves-send = Inviter
waves-plan =
    { $people ->
        [0] Personne à inviter
        [one] 1 personne
       *[other] { $people } personnes
    }, { $free ->
        [0] aucune heure libre
        [one] 1 heure libre
       *[other] { $free } heures libres
    } : { $now ->
        [0] personne n'est invité maintenant.
        [one] 1 personne est invitée maintenant.
       *[other] { $now } personnes sont invitées maintenant.
    }
waves-plan-awaited =
    { $n ->
        [one] 1 heure est gardée pour une personne déjà invitée.
       *[other] { $n } heures sont gardées pour des personnes déjà invitées.
    }
waves-plan-later =
    { $n ->
        [one] 1 personne attend qu'une place se libère : elle sera invitée à ce moment-là, sans que vous ayez à y penser.
       *[other] { $n } personnes attendent qu'une place se libère : elles seront invitées à ce moment-là, sans que vous ayez à y penser.
    }
waves-plan-out =
    { $n ->
        [one] 1 personne est laissée de côté : elle a déjà un rendez-vous, ou est dans une autre vague.
       *[other] { $n } personnes sont laissées de côté : elles ont déjà un rendez-vous, ou sont dans une autre vague.
    }
waves-plan-none = Aucune heure libre : ouvrez des heures dans Agenda › Mes heures, ou choisissez un autre lieu.
waves-invited-on = invitation du { $day }
waves-stop = N'inviter personne de plus
waves-stop-hint = Les liens déjà envoyés restent bons. Qui attend n'est pas invité par cette vague ; ce qui lui est dû reste dû.
waves-invite-these = Inviter ces personnes
