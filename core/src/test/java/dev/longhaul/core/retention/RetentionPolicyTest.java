package dev.longhaul.core.retention;

import java.time.ZoneId;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionPolicyTest {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	@ParameterizedTest
	@ValueSource(strings = { "last 3, daily 7, within 14d, Europe/Berlin", "weekly 4, UTC", "within 1y6m, +02:00" })
	void readsWhatItWrites(String text) {
		assertThat(RetentionPolicy.parse(text)).hasToString(text);
	}

	@Test
	void isOfUtcWhereNoZoneIsNamed() {
		assertThat(RetentionPolicy.parse(" within 3d ,daily 7")).hasToString("daily 7, within 3d, UTC");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "daily", "daily seven", "daily 7 8", "daily 7, daily 8",
			"daily 7, within 3d, within 4d", "daily 7, Europe/Berlin, UTC", "daily 7, Mars/Base", "dayly 7", "daily 7,",
			"UTC", "daily 0", "daily -1", "within 14 days" })
	void refusesEverythingElse(String text) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> RetentionPolicy.parse(text));
	}

	@Test
	void printsItselfInAnOrderOfItsOwn() {
		RetentionPolicy policy = new RetentionPolicy(
				Map.of(CountingRule.YEARLY, 1, CountingRule.LAST, 3, CountingRule.DAILY, 7), Span.parse("2w"), BERLIN);

		assertThat(policy).hasToString("last 3, daily 7, yearly 1, within 14d, Europe/Berlin");
		assertThat(policy.count(CountingRule.WEEKLY)).isZero();
	}

	@Test
	void isTheSameWhetherZeroIsWrittenDownOrNot() {
		assertThat(new RetentionPolicy(Map.of(CountingRule.LAST, 3, CountingRule.DAILY, 0), null, BERLIN))
			.isEqualTo(new RetentionPolicy(Map.of(CountingRule.LAST, 3), null, BERLIN));
	}

	@Test
	void refusesToKeepNothing() {
		assertThatThrownBy(() -> new RetentionPolicy(Map.of(CountingRule.DAILY, 0), null, BERLIN))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("the retention policy would keep nothing: name at least one of "
					+ "[last, hourly, daily, weekly, monthly, yearly] or 'within'");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 10_001, Integer.MIN_VALUE })
	void refusesACountOutOfBounds(int count) {
		assertThatThrownBy(() -> new RetentionPolicy(Map.of(CountingRule.WEEKLY, count), null, BERLIN))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("'weekly' must be from 0 to 10000, not " + count);
	}

	@ParameterizedTest
	@CsvSource({ "14d, 14d", "2w, 14d", "6m, 6m", "18m, 1y6m", "1y, 1y", "12m, 1y", "1y2m3w4d, 1y2m25d", "100y, 100y" })
	void readsASpanAsPeopleSayIt(String said, String printed) {
		assertThat(Span.parse(said)).hasToString(printed).isEqualTo(Span.parse(printed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "14", "d", "-14d", "14 d", "1d1y", "1d1d", "P14D", "36h", "1.5y", "999999d", "١d" })
	void refusesWhatIsNoSpan(String text) {
		assertThatThrownBy(() -> Span.parse(text)).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("'" + text + "' is not a span: write it as 14d, 2w, 6m or 1y6m (years, months, weeks, days)");
	}

	@ParameterizedTest
	@CsvSource({ "0d, 0, 0", "101y, 1212, 0", "99999w, 0, 699993" })
	void refusesASpanOfNothingOrWithoutEnd(String text, int months, int days) {
		assertThatThrownBy(() -> Span.parse(text)).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a span is more than nothing and at most 100 years, not %d months and %d days", months, days);
	}

	@Test
	void refusesAPinThatNobodyCouldExplain() {
		assertThatThrownBy(() -> new Pin(" ")).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a pin needs a reason: whoever finds it will ask");
	}

}
