"use strict";

// Makes pages live; none of them needs it to be read.
(() => {
	const TICK = 10_000;
	const UNITS = [[86_400_000, "d", 48 * 3_600_000], [3_600_000, "h", 3_600_000], [60_000, "min", 60_000], [1_000, "s", 0]];

	// The next page has the reader's own times; this one was made before anybody could know them.
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (zone) {
		const secure = location.protocol === "https:" ? "; secure" : "";
		document.cookie = `longhaul-zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
	}

	// As the server says it: in the greatest unit, days from 48 hours on.
	function relative(millis) {
		const span = Math.abs(millis);
		if (span < 1_000) {
			return "now";
		}
		const [size, unit] = UNITS.find(([, , from]) => span >= from);
		const text = `${Math.floor(span / size)} ${unit}`;
		return millis < 0 ? `in ${text}` : `${text} ago`;
	}

	// The reader's clock may be wrong: only what has passed since the page came is taken from it.
	const loaded = Number(document.documentElement.dataset.now);
	const began = performance.now();

	function tick() {
		const now = loaded + (performance.now() - began);
		for (const time of document.querySelectorAll("time[data-relative]")) {
			time.textContent = relative(now - Date.parse(time.dateTime));
		}
	}

	function live(place) {
		const events = new EventSource(place.dataset.live);
		events.addEventListener("run", (event) => {
			const old = document.getElementById("run-live");
			const fragment = document.createRange().createContextualFragment(event.data);
			old.replaceWith(fragment);
		});
		events.addEventListener("log", (event) => {
			const log = document.querySelector("ol.log[data-appends]");
			if (log) {
				log.append(document.createRange().createContextualFragment(event.data));
			}
		});
		events.addEventListener("end", () => {
			events.close();
			location.reload();
		});
	}

	// A mark of a timeline shows what its row says, where the eye is.
	function shows(mark) {
		const card = document.getElementById("shown");
		const row = document.getElementById(mark.getAttribute("href").slice(1));
		if (card && row) {
			const copies = row.querySelector(".copies").cloneNode(true);
			const title = document.createElement("b");
			title.textContent = mark.getAttribute("aria-label");
			card.replaceChildren(title, copies);
		}
	}

	for (const mark of document.querySelectorAll(".timeline .mark")) {
		mark.addEventListener("focus", () => shows(mark));
		mark.addEventListener("pointerenter", () => shows(mark));
	}
	document.querySelectorAll("[data-live]").forEach(live);
	setInterval(tick, TICK);
})();
