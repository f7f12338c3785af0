package dev.longhaul.scheduler.site;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.longhaul.scheduler.live.Message;
import dev.longhaul.scheduler.live.Story;
import dev.longhaul.scheduler.page.Frame;
import dev.longhaul.scheduler.page.Pages;
import dev.longhaul.scheduler.page.Reader;
import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.page.run.RunPage;
import dev.longhaul.scheduler.run.RunEvent;
import dev.longhaul.scheduler.run.RunEvent.Body;
import dev.longhaul.scheduler.run.RunLine;

/**
 * Keeps the page of a run as it is: lines as they are said, all else once a second if
 * anything has happened, and every few seconds because time passes.
 */
final class LiveRun implements Story {

	/** In seconds. */
	private static final int BEAT = 5;

	private final Pages pages;

	private final Frame frame;

	private final Clock clock;

	private final Supplier<RunPage> page;

	private final Lines lines;

	private int shown;

	private boolean moved = true;

	private int quiet;

	/**
	 * @param frame of the page that is kept as it is
	 * @param page as it is whenever it is asked for
	 * @param shown the number of the last line that the page has
	 */
	LiveRun(Pages pages, Frame frame, Clock clock, Supplier<RunPage> page, Lines lines, int shown) {
		this.pages = pages;
		this.frame = frame;
		this.clock = clock;
		this.page = page;
		this.lines = lines;
		this.shown = shown;
	}

	@Override
	public List<Message> on(RunEvent event) {
		moved = true;
		if (event.body() instanceof Body.Said said && said.line().number() > shown) {
			return List.of(new Message(event.number(), "log", pages.live(frame, upTo(said.line()))));
		}
		return (event.body() instanceof Body.Ended) ? List.of(new Message(event.number(), "end", "")) : List.of();
	}

	/** Events may be missed where much happens; their lines are kept. */
	private List<RunLog.Line> upTo(RunLine last) {
		List<RunLine> said = new ArrayList<>();
		if (last.number() > shown + 1) {
			said.addAll(lines.between(shown + 1, last.number() - 1));
		}
		said.add(last);
		shown = last.number();
		return said.stream().map(LogExcerpt::line).toList();
	}

	@Override
	public List<Message> meanwhile() {
		quiet++;
		if (!moved && quiet < BEAT) {
			return List.of();
		}
		moved = false;
		quiet = 0;
		return List.of(new Message(null, "run", pages.live(now(), page.get())));
	}

	private Frame now() {
		return new Frame(frame.installation(), frame.version(), new Reader(clock.instant(), frame.reader().zone()),
				frame.user(), frame.csrf(), List.of());
	}

	/** The log of the run. */
	interface Lines {

		/** Both included; not more than one page of a log. */
		List<RunLine> between(int first, int last);

	}

}
