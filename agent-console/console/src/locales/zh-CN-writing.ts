import type { enWriting } from './en-writing'
import type { Same } from './same'

/** 撰写帮助文章：语言、图片、版本。 */
export const zhWriting: Same<typeof enWriting> = {
  writing: {
    summary: '摘要，用于列表和搜索的一句话',
    languages: '此文章的语言',
    translate: '翻译为{{language}}',
    openTranslation: '打开 {{language}} {{status}}',
    translating: '“{{title}}”的{{language}}译文，以原文开始。',
    titleOf: '标题（“{{title}}”）',
    exists: '此文章已有该语言的文本。',
    picture: '图片',
    pictureHint: '可将图片粘贴或拖入文本，或选择文件：PNG、JPEG、GIF 或 WebP，每张不超过 5 MB。',
    pictures: '此文章中的图片',
    alt: '为看不到图片的读者提供的描述',
    altMissing: '用几个字说明图片内容。',
    notPicture: '{{name}} 不是 PNG、JPEG、GIF 或 WebP 图片。',
    pictureTooLarge: '{{name}} 超过 5 MB。',
    wrongType: '该文件不是每边不超过 10,000 像素的 PNG、JPEG、GIF 或 WebP 图片。',
    tooLarge: '图片超过 5 MB。',
  },
  history: {
    open: '历史',
    title: '此文章的版本',
    versions: '版本',
    number: '版本 {{number}}',
    readers: '已公开',
    program: 'Switchboard',
    formerAgent: '以前的客服',
    more: '更早的版本',
    compare: '对比',
    withLatest: '与最新版',
    withBefore: '与前一版',
    difference: '差异',
    same: '两份文本相同。',
    restore: '恢复版本 {{number}}',
    restored: '版本 {{number}} 已恢复为新草稿',
    unsaved: '请先保存更改，以免恢复时丢失。',
  },
}
