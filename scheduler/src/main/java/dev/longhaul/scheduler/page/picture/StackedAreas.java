package dev.longhaul.scheduler.page.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.longhaul.core.volume.ByteSize;

/**
 * Sizes over time, one upon the other.
 */
public final class StackedAreas {

	/** So many tints can be told apart; the rest is one. */
	public static final int MOST_SERIES = 6;

	private static final int WIDTH = 720;

	private static final int HEIGHT = 200;

	private static final int LEFT = 76;

	private static final int COLUMNS = 240;

	private StackedAreas() {
	}

	/**
	 * @param name for people; what is too small for a tint of its own is called so too
	 * @param sizes in bytes; between two of them the earlier one holds
	 */
	public record Series(String name, List<Sample> sizes) {

		public Series {
			sizes = sizes.stream().sorted(Comparator.comparing(Sample::at)).toList();
		}

		private double newest() {
			return sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1).value();
		}

	}

	/**
	 * The series as they are drawn, the lowest first: the greatest of today, and all
	 * others as one.
	 */
	public static List<Series> drawn(List<Series> series) {
		List<Series> sorted = series.stream()
			.filter(one -> !one.sizes().isEmpty())
			.sorted(Comparator.comparingDouble(Series::newest).reversed().thenComparing(Series::name))
			.toList();
		if (sorted.size() <= MOST_SERIES) {
			return sorted;
		}
		List<Series> drawn = new ArrayList<>(sorted.subList(0, MOST_SERIES - 1));
		List<Series> rest = sorted.subList(MOST_SERIES - 1, sorted.size());
		drawn.add(sum("%d others".formatted(rest.size()), rest));
		return drawn;
	}

	public static Picture of(String title, List<Series> series, ZoneId zone) {
		List<Series> drawn = drawn(series);
		Svg svg = Svg.image("stack", WIDTH, HEIGHT, title, figures(drawn));
		List<Instant> columns = columns(drawn);
		if (columns.size() > 1) {
			draw(svg, drawn, columns, zone);
		}
		return svg.picture();
	}

	private static void draw(Svg svg, List<Series> series, List<Instant> columns, ZoneId zone) {
		double bottom = HEIGHT - 24.0;
		double[][] tops = tops(series, columns);
		double most = Arrays.stream(tops[tops.length - 1]).max().orElse(0);
		List<Double> ticks = Scale.ticks(most, 1024, 1024);
		Scale y = new Scale(0, ticks.get(ticks.size() - 1), bottom, 12);
		TimeAxis axis = new TimeAxis(columns.get(0), columns.get(columns.size() - 1), zone, LEFT, WIDTH - 24.0);
		for (double tick : ticks) {
			svg.line("grid", LEFT, y.at(tick), WIDTH - 24.0, y.at(tick));
			svg.label(LEFT - 8.0, y.at(tick) + 4, "end", new ByteSize((long) tick).toString());
		}
		axis.draw(svg, 12, bottom);
		for (int i = series.size() - 1; i >= 0; i--) {
			svg.empty("path", "class", "series series-" + i, "d", area(columns, tops[i], axis, y, bottom));
		}
	}

	private static String area(List<Instant> columns, double[] top, TimeAxis axis, Scale y, double bottom) {
		List<Sample> line = new ArrayList<>();
		for (int i = 0; i < top.length; i++) {
			line.add(new Sample(columns.get(i), top[i]));
		}
		return "%sL%s,%sL%s,%sZ".formatted(Paths.line(line, axis.scale(), y),
				Svg.number(axis.at(columns.get(columns.size() - 1))), Svg.number(bottom),
				Svg.number(axis.at(columns.get(0))), Svg.number(bottom));
	}

	/** Of every series, what lies under its upper edge at every column. */
	private static double[][] tops(List<Series> series, List<Instant> columns) {
		double[][] tops = new double[series.size()][columns.size()];
		for (int i = 0; i < series.size(); i++) {
			List<Sample> sizes = series.get(i).sizes();
			int next = 0;
			double held = 0;
			for (int column = 0; column < columns.size(); column++) {
				while (next < sizes.size() && !sizes.get(next).at().isAfter(columns.get(column))) {
					held = sizes.get(next++).value();
				}
				tops[i][column] = held + ((i > 0) ? tops[i - 1][column] : 0);
			}
		}
		return tops;
	}

	/**
	 * Every instant there is a size of, or as many equally far apart if those are too
	 * many.
	 */
	private static List<Instant> columns(List<Series> series) {
		TreeSet<Instant> all = series.stream()
			.flatMap(one -> one.sizes().stream())
			.map(Sample::at)
			.collect(Collectors.toCollection(TreeSet::new));
		if (all.size() <= COLUMNS) {
			return List.copyOf(all);
		}
		Duration step = Duration.between(all.first(), all.last()).dividedBy(COLUMNS - 1L);
		List<Instant> columns = new ArrayList<>();
		for (int column = 0; column < COLUMNS; column++) {
			columns.add(all.first().plus(step.multipliedBy(column)));
		}
		return columns;
	}

	private static Series sum(String name, List<Series> series) {
		Map<Instant, Double> changes = new TreeMap<>();
		for (Series one : series) {
			double before = 0;
			for (Sample sample : one.sizes()) {
				changes.merge(sample.at(), sample.value() - before, Double::sum);
				before = sample.value();
			}
		}
		List<Sample> sizes = new ArrayList<>();
		double sum = 0;
		for (Map.Entry<Instant, Double> change : changes.entrySet()) {
			sum += change.getValue();
			sizes.add(new Sample(change.getKey(), Math.max(0, sum)));
		}
		return new Series(name, sizes);
	}

	private static String figures(List<Series> series) {
		if (series.isEmpty()) {
			return "No figures yet.";
		}
		return series.stream()
			.map(one -> "%s %s".formatted(one.name(), new ByteSize((long) one.newest())))
			.collect(Collectors.joining(", ", "Now: ", "."));
	}

}
