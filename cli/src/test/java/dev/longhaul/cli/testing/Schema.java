package dev.longhaul.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/**
 * The published schema of a document.
 */
public final class Schema {

	private static final Path DIRECTORY = Path.of("../docs/schema");

	private final com.networknt.schema.Schema schema;

	private Schema(com.networknt.schema.Schema schema) {
		this.schema = schema;
	}

	/**
	 * @param verb whose output it describes
	 */
	public static Schema of(String verb) throws IOException {
		String text = Files.readString(DIRECTORY.resolve(verb + ".schema.json"));
		return new Schema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(text, InputFormat.JSON));
	}

	/** What is wrong with a document. */
	public List<String> violations(String document) {
		return schema
			.validate(document, InputFormat.JSON,
					context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
			.stream()
			.map(Error::toString)
			.toList();
	}

}
