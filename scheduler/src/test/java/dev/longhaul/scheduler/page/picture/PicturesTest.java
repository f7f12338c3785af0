package dev.longhaul.scheduler.page.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.page.picture.StackedAreas.Series;
import dev.longhaul.scheduler.page.picture.Timeline.Fate;
import dev.longhaul.scheduler.page.picture.Timeline.Form;
import dev.longhaul.scheduler.page.picture.Timeline.Mark;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

class PicturesTest {

	private static final String HOSTILE = "</title><script>alert(1)</script>\" onload=\"x\u202E\u0007"
			+ "y".repeat(10_000);

	private static final Instant START = Instant.parse("2016-11-25T02:30:00Z");

	private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

	/** Ten years of nights, and texts that nobody should trust. */
	private static Map<String, Picture> hard() {
		List<Sample> tenYears = samples(3650);
		Map<LocalDate, ByteSize> days = new LinkedHashMap<>();
		IntStream.range(0, 3650)
			.forEach(day -> days.put(LocalDate.of(2026, 11, 22).minusDays(day), new ByteSize(1L << (day % 40))));
		List<Series> volumes = IntStream.range(0, 50).mapToObj(i -> new Series(HOSTILE + i, tenYears)).toList();
		List<Mark> marks = tenYears.stream()
			.map(sample -> new Mark(sample.at(), Form.PROVEN, Fate.REMOVED_NEXT, "#" + HOSTILE, HOSTILE))
			.toList();
		Map<String, Picture> pictures = new LinkedHashMap<>();
		pictures.put("sparkline", Sparkline.of(HOSTILE, tenYears));
		pictures.put("quiet plot", QuietPlot.of(HOSTILE, tenYears, ZONE));
		pictures.put("stacked areas", StackedAreas.of(HOSTILE, volumes, ZONE));
		pictures.put("heat map", HeatMap.of(HOSTILE, days, LocalDate.of(2026, 11, 22), 1000));
		pictures.put("timeline", Timeline.of(HOSTILE, marks, ZONE));
		pictures.put("ring", Ring.of(HOSTILE, 17));
		pictures.put("progress", Meter.ofProgress(HOSTILE, Long.MAX_VALUE, 1));
		return pictures;
	}

	/** What there is to draw on the first day. */
	private static Map<String, Picture> nothing() {
		Map<String, Picture> pictures = new LinkedHashMap<>();
		pictures.put("sparkline", Sparkline.of("size", List.of()));
		pictures.put("sparkline of one", Sparkline.of("size", samples(1)));
		pictures.put("sparkline of zeros",
				Sparkline.of("size", List.of(new Sample(START, 0), new Sample(START.plusSeconds(9), 0))));
		pictures.put("quiet plot", QuietPlot.of("quiet", List.of(), ZONE));
		pictures.put("quiet plot of one", QuietPlot.of("quiet", samples(1), ZONE));
		pictures.put("stacked areas", StackedAreas.of("sizes", List.of(), ZONE));
		pictures.put("stacked areas of one", StackedAreas.of("sizes", List.of(new Series("a", samples(1))), ZONE));
		pictures.put("heat map", HeatMap.of("bytes", Map.of(), LocalDate.of(2026, 11, 22), 53));
		pictures.put("timeline", Timeline.of("points", List.of(), ZONE));
		pictures.put("timeline of one", Timeline.of("points", List.of(mark(0, Form.TAKEN)), ZONE));
		pictures.put("ring", Ring.of("share", Double.NaN));
		pictures.put("progress", Meter.ofProgress("backup", 0, 0));
		pictures.put("age", Meter.ofAge(Duration.ZERO, Duration.ZERO));
		return pictures;
	}

	@TestFactory
	Stream<DynamicTest> everyPictureIsBoundedWellFormedAndSaysWhatItShows() {
		return Stream.concat(hard().entrySet().stream(), nothing().entrySet().stream())
			.map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
				Drawn drawn = new Drawn(entry.getValue());

				assertThat(entry.getValue().svg().length()).isLessThan(200_000);
				assertThat(drawn.root().getAttribute("viewBox")).matches("0 0 \\d+ \\d+");
				assertThat(drawn.root().getAttribute("role")).isIn("img", "group");
				assertThat(drawn.elements("script")).isEmpty();
				assertThat(drawn.elements("*")).noneMatch(PicturesTest::isActive);
				assertThat(entry.getValue().svg()).doesNotContain("NaN", "Infinity", "\u202E", "style=");
			}));
	}

	@Test
	void aSparklineTellsItsFigures() {
		Picture picture = Sparkline.of("Size of gitea", List.of(new Sample(START, 1024),
				new Sample(START.plusSeconds(60), 512), new Sample(START.plusSeconds(120), 4096)));

		assertThat(new Drawn(picture).figures()).isEqualTo("From 1 KiB to 4 KiB; least 512 B, most 4 KiB.");
	}

	@Test
	void aRingIsFullOnlyWhenEverythingIsThere() {
		assertThat(Ring.percent(0.999)).isEqualTo("99 %");
		assertThat(Ring.percent(1)).isEqualTo("100 %");
		assertThat(Ring.percent(0.29)).isEqualTo("29 %");
	}

	@Test
	void anAgeFillsItsCellsAndShowsWhenItIsOverItsGoal() {
		Drawn within = new Drawn(Meter.ofAge(Duration.ofHours(6), Duration.ofHours(24)));
		Drawn over = new Drawn(Meter.ofAge(Duration.ofHours(25), Duration.ofHours(24)));

		assertThat(within.ofClass("full")).hasSize(2);
		assertThat(within.figures()).isEqualTo("6 h of 24 h");
		assertThat(over.ofClass("full")).hasSize(8);
		assertThat(over.root().getAttribute("class")).contains("over");
	}

	@Test
	void aTimelineShowsDamageOutOfAnyCrowd() {
		List<Mark> marks = new ArrayList<>();
		IntStream.range(0, 3650).forEach(day -> marks.add(mark(day, (day == 1800) ? Form.DAMAGED : Form.PROVEN)));

		Drawn drawn = new Drawn(Timeline.of("points", marks, ZONE));

		assertThat(drawn.elements("a")).hasSizeLessThanOrEqualTo(97);
		assertThat(drawn.ofClass("damaged")).singleElement()
			.satisfies(mark -> assertThat(mark.getAttribute("aria-label")).matches("day 1800, and \\d+ more"));
	}

	@Test
	void theFormOfAMarkSaysWhatIsKnown() {
		List<Mark> marks = List.of(mark(0, Form.TAKEN), mark(30, Form.PROVEN), mark(60, Form.STARTED),
				mark(90, Form.DAMAGED));

		Drawn drawn = new Drawn(Timeline.of("points", marks, ZONE));

		assertThat(drawn.elements("a")).extracting(mark -> mark.getAttribute("class"))
			.containsExactly("mark taken", "mark proven", "mark started", "mark damaged");
		assertThat(drawn.elements("circle")).hasSize(3);
		assertThat(drawn.ofClass("flag")).hasSize(1);
		assertThat(drawn.ofClass("cross")).hasSize(2);
	}

	@Test
	void whatIsTooSmallForATintIsDrawnAsOne() {
		List<Series> volumes = IntStream.rangeClosed(1, 9)
			.mapToObj(
					i -> new Series("volume-" + i, List.of(new Sample(START, i), new Sample(START.plusSeconds(60), i))))
			.toList();

		assertThat(StackedAreas.drawn(volumes)).extracting(Series::name)
			.containsExactly("volume-9", "volume-8", "volume-7", "volume-6", "volume-5", "4 others");
		assertThat(StackedAreas.drawn(volumes).get(5).sizes()).extracting(Sample::value).containsExactly(10.0, 10.0);
		assertThat(new Drawn(StackedAreas.of("sizes", volumes, ZONE)).ofClass("series")).hasSize(6);
	}

	@Test
	void aCalendarEndsWithTheDayItIsToldAndCountsWhatWasRead() {
		LocalDate sunday = LocalDate.of(2026, 11, 22);

		Drawn drawn = new Drawn(HeatMap.of("bytes", Map.of(sunday, new ByteSize(2048)), sunday, 2));

		assertThat(drawn.elements("rect")).hasSize(14);
		assertThat(drawn.elements("rect").get(13).getTextContent()).isEqualTo("2026-11-22: 2 KiB");
		assertThat(drawn.figures()).isEqualTo("From 2026-11-09 to 2026-11-22: 2 KiB read back on 1 of 14 days.");
	}

	@Test
	void anyByteReadIsMoreThanNone() {
		ByteSize most = new ByteSize(1L << 40);

		assertThat(HeatMap.level(ByteSize.ZERO, most)).isZero();
		assertThat(HeatMap.level(new ByteSize(1), most)).isEqualTo(1);
		assertThat(HeatMap.level(most, most)).isEqualTo(4);
	}

	@Test
	void quietWindowsAreToldToTheMillisecond() {
		List<Sample> windows = List.of(new Sample(START, 412), new Sample(START.plusSeconds(86_400), 3200),
				new Sample(START.plusSeconds(172_800), 999));

		assertThat(new Drawn(QuietPlot.of("quiet", windows, ZONE)).figures())
			.isEqualTo("3 windows: shortest 412 ms, median 999 ms, longest 3.2 s.");
	}

	private static boolean isActive(Element element) {
		return element.hasAttribute("onload") || element.hasAttribute("style");
	}

	private static Mark mark(int day, Form form) {
		return new Mark(START.plus(Duration.ofDays(day)), form, Fate.KEPT, "#point", "day " + day);
	}

	private static List<Sample> samples(int count) {
		return IntStream.range(0, count)
			.mapToObj(day -> new Sample(START.plus(Duration.ofDays(day)), 300 + day % 97 * 31))
			.toList();
	}

}
