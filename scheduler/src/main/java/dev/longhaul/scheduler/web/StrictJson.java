package dev.longhaul.scheduler.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as this server takes it: bounded, and without a member that nobody asked for,
 * which would silently do nothing.
 */
public final class StrictJson {

	/** Of JSON within JSON; ours has five. */
	private static final int DEEPEST = 40;

	/** The longest file of definitions, with its line breaks escaped. */
	private static final int LONGEST_TEXT = BodyBound.LARGEST;

	private static final int LONGEST_NUMBER = 40;

	private StrictJson() {
	}

	public static JsonMapper mapper() {
		StreamReadConstraints bounds = StreamReadConstraints.builder()
			.maxNestingDepth(DEEPEST)
			.maxStringLength(LONGEST_TEXT)
			.maxNumberLength(LONGEST_NUMBER)
			.build();
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

}
