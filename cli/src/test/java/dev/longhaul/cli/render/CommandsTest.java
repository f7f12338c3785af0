package dev.longhaul.cli.render;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			s3://bucket@region/a/b, s3://bucket@region/a/b
			file:///my backups,     'file:///my backups'
			file:///$(rm -r x),     'file:///$(rm -r x)'
			file:///it's,           'file:///it'\\''s'
			""")
	void quotesWhatAShellWouldTakeApart(String text, String word) {
		assertThat(Commands.quoted(text)).isEqualTo(word);
	}

}
