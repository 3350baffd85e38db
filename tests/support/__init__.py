"""What several rooms' tests share: the running stack, people, companies, texts and databases."""
