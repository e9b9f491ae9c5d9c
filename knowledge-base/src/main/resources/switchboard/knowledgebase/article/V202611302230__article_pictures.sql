-- Pictures in articles: the bytes are in `blob`, public under `key`. A picture stays, because old versions show it.
create table article_picture (
  key text primary key,
  brand_id int not null default 1 references brand,
  sha256 text not null,
  type text not null,
  size_bytes int not null,
  added_by uuid,
  created_at timestamptz not null default now()
);
create index article_picture_added on article_picture (added_by, created_at);
