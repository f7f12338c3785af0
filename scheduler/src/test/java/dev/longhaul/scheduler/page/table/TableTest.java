package dev.longhaul.scheduler.page.table;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

	private static final List<Column<String>> COLUMNS = List.of(
			Column.sorted("name", "Name", Comparator.<String>naturalOrder()),
			Column.sorted("length", "Length", Comparator.comparingInt(String::length)), Column.plain("x", "X"));

	private static final List<String> ROWS = List.of("vaultwarden", "gitea", "nextcloud");

	@Test
	void keepsItsOwnOrderUntilAskedForAnother() {
		assertThat(table(Map.of()).rows()).isEqualTo(ROWS);
		assertThat(table(Map.of("sort", "name")).rows()).containsExactly("gitea", "nextcloud", "vaultwarden");
		assertThat(table(Map.of("sort", "-length")).rows()).containsExactly("vaultwarden", "nextcloud", "gitea");
	}

	@Test
	void ignoresAColumnThatDoesNotSortOrIsNotThere() {
		assertThat(table(Map.of("sort", "x")).rows()).isEqualTo(ROWS);
		assertThat(table(Map.of("sort", "'; DROP TABLE")).rows()).isEqualTo(ROWS);
	}

	@Test
	void filtersWithoutMindingCaseAndKnowsHowManyThereAre() {
		Table<String> table = table(Map.of("q", " CLOUD "));

		assertThat(table.rows()).containsExactly("nextcloud");
		assertThat(table.total()).isEqualTo(3);
		assertThat(table.isEmpty()).isFalse();
	}

	@Test
	void linksSortTheOtherWayRoundOnceSorted() {
		Table<String> table = table(Map.of("q", "a&b=c", "sort", "name"));

		assertThat(table.sortedBy(COLUMNS.get(0))).isEqualTo("/runs?q=a%26b%3Dc&sort=-name");
		assertThat(table.sortedBy(COLUMNS.get(1))).isEqualTo("/runs?q=a%26b%3Dc&sort=length");
		assertThat(table.sorting(COLUMNS.get(0))).isEqualTo("ascending");
		assertThat(table.sorting(COLUMNS.get(1))).isEqualTo("none");
	}

	@Test
	void cutsAFilterThatNobodyTyped() {
		assertThat(table(Map.of("q", "x".repeat(10_000))).query().filter()).hasSize(100);
	}

	@Test
	void showsManyRowsInParts() {
		List<String> many = IntStream.range(0, 450).mapToObj(Integer::toString).toList();
		Map<String, String> asked = Map.of("part", "2", "sort", "length");

		Table<String> table = Table.of(COLUMNS, many, Function.identity(), Query.of("/runs", asked));

		assertThat(table.rows()).hasSize(200).startsWith("200").endsWith("399");
		assertThat(table.first()).isEqualTo(201);
		assertThat(table.matching()).isEqualTo(450);
		assertThat(table.before()).isEqualTo("/runs?sort=length");
		assertThat(table.after()).isEqualTo("/runs?sort=length&part=3");
		assertThat(table.sortedBy(COLUMNS.get(0))).isEqualTo("/runs?sort=name");
	}

	@Test
	void showsTheLastPartToWhoAsksForOneThatIsNotThere() {
		for (String part : List.of("999999", "9999999999", "-1", "0", "x")) {
			Table<String> table = table(Map.of("part", part));

			assertThat(table.rows()).isEqualTo(ROWS);
			assertThat(table.before()).isNull();
			assertThat(table.after()).isNull();
		}
	}

	private static Table<String> table(Map<String, String> parameters) {
		return Table.of(COLUMNS, ROWS, Function.identity(), Query.of("/runs", parameters));
	}

}
