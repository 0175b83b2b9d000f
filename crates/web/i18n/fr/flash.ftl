# Dit une fois, en haut de la page qui suit ce qui vient d'être fait.
flash-same = C'est noté : une seule personne. Les deux fiches sont réunies.
flash-two = C'est noté : deux personnes. La question ne se posera plus.
flash-later = La question reste ouverte.
flash-undone = La décision est défaite : la question se pose de nouveau.
flash-territory = Le territoire est ajouté. Donnez-lui ses communes depuis un autre territoire.
flash-renamed = Le nom est enregistré.
flash-communes = Les communes ont changé de territoire, avec les personnes qui y vivent.
flash-password = Votre mot de passe est enregistré. Vous pouvez vous connecter.
flash-contact = C'est enregistré.
flash-journal-too-long = Ce choix tient plus de 100 000 lignes : prenez une période plus courte, puis exportez de nouveau.
flash-mentions = Les mentions sont enregistrées : les pages publiques les montrent déjà.
flash-document-added = Le document est ajouté.
flash-document-removed = Le document est retiré : plus personne ne peut l'ouvrir.
