-- The shelves of the help centre. Titles and descriptions are kept per locale: {"en": "...", "zh-CN": "..."}.
create table article_category (
  id uuid primary key,
  brand_id int not null default 1 references brand,
  slug text not null,
  icon text not null default 'book',
  title jsonb not null,
  description jsonb not null default '{}',
  position int not null default 0,
  unique (brand_id, slug)
);

-- One subject. `short_id` is the tail of its public addresses, the same in every language, and never changes.
create table article (
  id uuid primary key,
  brand_id int not null default 1 references brand,
  short_id text not null unique,
  category_id uuid not null references article_category,
  position int not null default 0,
  created_at timestamptz not null default now()
);
create index article_category_id on article (category_id, position, id);

-- The subject in one language. What readers see is `published_revision`; `latest_revision` is what writers work on.
create table article_translation (
  id uuid primary key,
  article_id uuid not null references article,
  locale text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  latest_revision uuid not null,
  published_revision uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  unique (article_id, locale),
  check (state <> 'published' or published_revision is not null)
);
create index article_translation_list on article_translation (updated_at desc, id desc);
create index article_translation_published on article_translation (locale, id) where state = 'published';

-- Every saved text, never changed afterwards.
create table article_revision (
  id uuid primary key,
  translation_id uuid not null references article_translation deferrable initially deferred,
  number int not null,
  slug text not null,
  title text not null,
  summary text not null default '',
  body text not null default '',
  keywords text[] not null default '{}',
  author_id uuid,
  created_at timestamptz not null default now(),
  unique (translation_id, number)
);
alter table article_translation
  add foreign key (latest_revision) references article_revision deferrable initially deferred,
  add foreign key (published_revision) references article_revision deferrable initially deferred;

create table article_vote (
  translation_id uuid not null references article_translation,
  voter text not null,
  helpful boolean not null,
  at timestamptz not null default now(),
  primary key (translation_id, voter)
);

-- What readers looked for, counted by day; nothing says who. `zero_results` are the gaps in the help centre.
create table article_search (
  day date not null,
  locale text not null,
  query text not null,
  searches int not null default 0,
  zero_results int not null default 0,
  primary key (day, locale, query)
);
create index article_search_gaps on article_search (day, zero_results) where zero_results > 0;
