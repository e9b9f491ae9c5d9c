create index attachment_uploaded on attachment (uploaded_by, created_at) where uploaded_by is not null;
