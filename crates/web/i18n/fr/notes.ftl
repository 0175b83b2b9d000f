notes-title = Notes
notes-count = { $n ->
    [one] { $n } que vous pouvez lire
   *[other] { $n } que vous pouvez lire
 }
notes-none = Aucune note que vous puissiez lire.
notes-write = Écrire une note
notes-write-go = Enregistrer la note
notes-text = Note
notes-text-hint = Ce qui aide à suivre la personne, en mots qu'elle pourrait lire. Elle peut demander copie de tout ce qui la concerne.
notes-level = Qui peut la lire
notes-level-hint = Ouvrir une note à plus de lecteurs demande une confirmation ; la réserver garde la trace de ce qui a été visible.
notes-changed = { $written }, changée { $changed }
notes-wider = A été plus visible, jusqu'à : { $until }. { $level }.
notes-change = Changer
notes-confirm = Je confirme : davantage de personnes pourront la lire
notes-edit = Changer la note
notes-edit-lead = La version d'avant est gardée.
notes-edit-go = Enregistrer
notes-back = Fiche de la personne
