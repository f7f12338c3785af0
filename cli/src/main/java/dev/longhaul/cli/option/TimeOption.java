package dev.longhaul.cli.option;

import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.render.Times;
import dev.longhaul.cli.terminal.Surroundings;
import picocli.CommandLine.Option;

/**
 * How a report for people says when something was.
 */
public final class TimeOption {

	@Option(names = "--utc", description = "Show instants in UTC instead of how long ago they were.")
	private boolean utc;

	/**
	 * @param place what the report is about, such as the URL of a target
	 */
	public Page page(Object place, Surroundings surroundings) {
		Times times = new Times(surroundings.clock().instant(), utc ? Times.Form.UTC : Times.Form.RELATIVE);
		return new Page(place.toString(), surroundings.style(), times, surroundings.terminal().width());
	}

}
