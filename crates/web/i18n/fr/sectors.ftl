sectors-title = Secteurs
sectors-lead = Un secteur est un groupe de communes dont les habitants sont suivis par une structure ou par des professionnels. Pendant l'appel, le professionnel du secteur qui a de la place est proposé en premier.
sectors-add = Ajouter un secteur
sectors-one = Le secteur
sectors-none = Aucun secteur
sectors-none-text = Tant qu'il n'y en a pas, les professionnels sont proposés selon leur place et leur distance.
sectors-name = Nom
sectors-purpose = Pour qui
sectors-purpose-hint = Plusieurs secteurs peuvent tenir la même commune : un pour le côté social, un pour le côté emploi.
sectors-holders = Qui y suit les personnes
sectors-communes = Communes
sectors-communes-hint = Un nom ou un code INSEE par ligne.
sectors-territory = Ajouter toutes les communes d'un territoire
sectors-epci = Ajouter toutes les communes d'une intercommunalité
sectors-nothing = Aucun
sectors-save = Enregistrer
sectors-form-lead = Un changement ne déplace personne : il vaut pour les prochaines orientations.
sectors-nobody = personne
sectors-without = { $n ->
    [one] Une commune n'a aucun secteur.
   *[other] { $n } communes n'ont aucun secteur.
  }
sectors-shared = { $n ->
    [one] Une commune est dans plusieurs secteurs pour le même public : le rang décide.
   *[other] { $n } communes sont dans plusieurs secteurs pour le même public : le rang décide.
  }
sectors-shared-one = { $commune } ({ $sectors })
sectors-more = { $names } et { $n } de plus
sectors-table = Par tableau
sectors-table-field = Coller un tableau
sectors-table-hint = Exportez le tableau, corrigez-le dans un tableur, puis copiez toutes ses cellules ici, titres compris. Les secteurs qu'il nomme deviennent ce qu'il dit ; les autres ne changent pas. Une ligne fausse, et rien ne change.
sectors-export = Exporter (CSV)
sectors-import = Importer
sectors-wrong-lines = Lignes à corriger
sectors-holder-add = Ajouter qui suit
sectors-holder-go = Ajouter
sectors-holder-structure = Structure
sectors-holder-account = Professionnel
sectors-holder-account-hint = Laissez vide pour toute l'équipe de la structure.
sectors-holder-rank = Rang
sectors-holder-rank-hint = 1 est proposé en premier.
sectors-holder-since = Depuis le
sectors-holder-until = Jusqu'au
sectors-holders-none = Personne pour le moment : choisissez une structure ou un professionnel.
sectors-holder-both = { $name }, { $structure }
sectors-holder-team = { $structure }, toute l'équipe
sectors-holder-detail = rang { $rank }, depuis le { $since }
sectors-holder-detail-until = rang { $rank }, du { $since } au { $until }
sectors-end = Terminer
sectors-remove = Supprimer ce secteur
sectors-remove-text = Les personnes déjà suivies gardent leur professionnel. Ses communes n'ont plus de secteur.
sectors-remove-go = Supprimer le secteur
sectors-wrong-purpose = Choisissez pour qui vaut le secteur.
sectors-wrong-rank = Écrivez un rang de 1 à 99 : 1 est proposé en premier.
sectors-for-everybody = tout le monde
sectors-for-social = côté social
sectors-for-employment = côté emploi
sectors-for-path = parcours { $path }
