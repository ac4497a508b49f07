// Pages work without this; it only makes some parts move.
"use strict";

// Of a wide table the newest days are seen first.
for (const box of document.querySelectorAll("[data-scroll=end]"))
    box.scrollLeft = box.scrollWidth;

// A look at a policy domain, stage by stage.
const live = document.getElementById("live");
if (live) {
    const events = new EventSource(live.dataset.events);
    const state = document.getElementById("live-state");
    const rows = document.getElementById("stage-rows");
    state.textContent = "Looking…";
    events.addEventListener("stage", event => {
        const stage = JSON.parse(event.data);
        const row = rows.insertRow();
        const cell = (text, name) => { const made = row.insertCell(); made.textContent = text; made.className = name; return made; };
        cell(stage.at, "number");
        cell(stage.what, "");
        const tag = document.createElement("span");
        tag.className = "tag " + stage.colour;
        tag.textContent = stage.outcome;
        row.insertCell().append(tag);
        state.textContent = `Looking… ${rows.rows.length} answers so far.`;
    });
    events.addEventListener("answer", event => {
        events.close();
        document.getElementById("answer").innerHTML = event.data;
        document.getElementById("stages").open = false;
        state.textContent = "";
    });
    events.addEventListener("error", () => {
        events.close();
        state.textContent = "The look broke off. Load the page again to begin anew.";
    });
}

// What is dropped on Explain is handed in at once.
const explain = document.getElementById("explain");
if (explain) {
    explain.addEventListener("dragover", event => event.preventDefault());
    explain.addEventListener("drop", event => {
        event.preventDefault();
        if (event.dataTransfer.files.length === 0)
            return;
        explain.elements.files.files = event.dataTransfer.files;
        explain.elements.text.value = "";
        explain.requestSubmit();
    });
}
