-- A greeting for each language; one that somebody wrote before stands for English.
update setting set value = jsonb_set(value, '{greeting}', jsonb_build_object('en', value -> 'greeting')
    || case when value ->> 'greeting' = 'Hello! How can we help?'
      then jsonb_build_object('zh-CN', '您好！有什么可以帮您？') else '{}' end)
where name = 'widget' and jsonb_typeof(value -> 'greeting') = 'string';
