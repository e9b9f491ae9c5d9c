/** The launcher and the panel around the frame; nothing of the page's own style reaches them. */
export const style = `
:host{all:initial}
*{box-sizing:border-box}
button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:50%;padding:0;
cursor:pointer;background:var(--c);color:var(--i);display:grid;place-items:center;
box-shadow:0 2px 6px #0003,0 8px 24px #0002;transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{width:26px;height:26px;grid-area:1/1;transition:opacity .15s,transform .15s}
svg+svg,.open svg{opacity:0;transform:rotate(-40deg)}
.open svg+svg{opacity:1;transform:none}
i{position:absolute;top:-2px;right:-2px;min-width:20px;height:20px;padding:0 6px;border-radius:10px;
background:#c02b2b;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
i:empty{display:none}
div{position:fixed;right:20px;bottom:90px;width:384px;height:min(640px,calc(100vh - 110px));border-radius:16px;
overflow:hidden;box-shadow:0 4px 12px #0002,0 16px 48px #0003;opacity:0;visibility:hidden;
transform:translateY(8px);transition:opacity .15s,transform .15s,visibility .15s}
.open~div{opacity:1;visibility:visible;transform:none}
iframe{width:100%;height:100%;border:0;display:block}
button,div{z-index:2147483000}
@media(max-width:480px){div{inset:0;width:100%;height:100%;height:100dvh;border-radius:0}.open{display:none}}
@media(prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{:host{display:none}}`
