// Pages work without this; it only makes some parts move.
"use strict";

// Of a wide table the newest days are seen first.
for (const box of document.querySelectorAll("[data-scroll=end]"))
    box.scrollLeft = box.scrollWidth;
