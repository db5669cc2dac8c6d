"""Drawings as they are: one that is clean, one as Illustrator exports it, one that tries everything."""

# ruff: noqa: E501 (drawings are quoted whole: a broken one is harder to compare than a long line)

from __future__ import annotations

CLEAN = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 80" role="img">
  <title>Khuê Văn Các</title>
  <desc>Gác Khuê Văn &amp; hồ &lt;Thiên Quang&gt;</desc>
  <style>.wall{fill:#a8201a;stroke:black}
#sun > circle, text:first-child{fill:url(#glow)}</style>
  <defs>
    <radialGradient id="glow" cx="0.5" cy="0.5" r="0.5">
      <stop offset="0" stop-color="#fff"/><stop offset="100%" style="stop-color:#f5b301;stop-opacity:0.5"/>
    </radialGradient>
    <clipPath id="window"><circle cx="60" cy="40" r="12"/></clipPath>
    <g id="tile"><path d="M0 0h6v6H0z"/></g>
    <filter id="soft"><feGaussianBlur in="SourceGraphic" stdDeviation="1.5"/></filter>
  </defs>
  <g id="sun" clip-path="url(#window)" transform="translate(1,2) rotate(3)"><circle cx="60" cy="40" r="20" fill="url(#glow)"/></g>
  <rect class="wall" x="10" y="30" width="100" height="40" filter="url('#soft')" opacity=".9"/>
  <use href="#tile" x="4" y="6"/><use xlink:href="#tile" x="14" y="6"/>
  <text x="10" y="20" font-family="Be Vietnam Pro, sans-serif" xml:space="preserve">Hà <tspan font-weight="700">Nội</tspan> 1010</text>
</svg>"""

# With a document type, a style sheet, and the wrapping that hides Illustrator's own data from browsers.
ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 24.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 200 120" style="enable-background:new 0 0 200 120;" xml:space="preserve">
<style type="text/css">
    .st0{fill:#A8201A;}
    .st1{clip-path:url(#SVGID_2_);fill:url(#G);}
    .st2{fill:none;stroke:#F5B301;stroke-width:3;stroke-miterlimit:10;stroke-dasharray:6,4;}
</style>
<linearGradient id="G" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="200" y2="0"><stop offset="0" style="stop-color:#0B3C49"/><stop offset="1" style="stop-color:#F5B301"/></linearGradient>
<switch><foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/" width="1" height="1"/><g>
<rect class="st0" width="200" height="120"/>
<g><defs><circle id="SVGID_1_" cx="100" cy="60" r="45"/></defs><clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath><rect class="st1" width="200" height="120"/></g>
<path class="st2" d="M10,10c50,80,130,80,180,0"/></g></switch></svg>"""

HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="window.ran = 1">
<style>@import url(http://127.0.0.1:9/a.css); rect{fill:url(http://127.0.0.1:9/b.svg#c)}</style>
<script>window.ran = 2</script><script href="http://127.0.0.1:9/d.js"/>
<image href="http://127.0.0.1:9/e.png" onerror="window.ran = 3" width="9" height="9"/>
<image href="x" onerror="window.ran = 4"/><use href="http://127.0.0.1:9/f.svg#g"/>
<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="http://127.0.0.1:9/h.png" onerror="window.ran = 5"/></foreignObject>
<rect width="9" height="9" onclick="window.ran = 6"><set attributeName="onmouseover" to="window.ran = 7"/></rect>
<a href="javascript:window.ran = 8"><circle r="4"/></a><filter id="i"><feImage href="http://127.0.0.1:9/j.png"/></filter>
<rect width="9" height="9" filter="url(#i)" style="fill:url('http://127.0.0.1:9/k.svg#l')"/>
</svg>"""
