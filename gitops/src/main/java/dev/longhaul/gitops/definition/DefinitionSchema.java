package dev.longhaul.gitops.definition;

import java.util.Map;

/**
 * The JSON Schema of definitions, made of the same forms that read them.
 */
public final class DefinitionSchema {

	private DefinitionSchema() {
	}

	/** Of draft 2020-12, for every kind; maps, lists, texts, numbers and flags. */
	public static Map<String, Object> allKinds() {
		return Kind.schema();
	}

}
