-- Nothing is ever chosen by how often such a value occurs; to sort samples of them took a third of a busy server.
alter table message alter column text set statistics 0, alter column visible_text set statistics 0,
  alter column folded_text set statistics 0, alter column signature set statistics 0,
  alter column html set statistics 0, alter column subject set statistics 0, alter column why_detail set statistics 0;
alter table inbox alter column raw set statistics 0, alter column envelope set statistics 0;
alter table journal alter column facts set statistics 0;
alter table ticket alter column last_preview set statistics 0, alter column subject set statistics 0;
