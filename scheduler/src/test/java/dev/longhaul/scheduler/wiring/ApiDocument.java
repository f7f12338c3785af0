package dev.longhaul.scheduler.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document, as tests ask it.
 */
final class ApiDocument {

	private final JsonNode root;

	ApiDocument(String json) {
		this.root = JsonMapper.shared().readTree(json);
	}

	List<Operation> operations() {
		List<Operation> operations = new ArrayList<>();
		for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
			for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
				operations.add(new Operation(this, method.getKey().toUpperCase(Locale.ROOT), path.getKey(),
						method.getValue()));
			}
		}
		return operations;
	}

	/** What it is, wherever that is written. */
	JsonNode resolved(JsonNode node) {
		JsonNode found = node;
		while (found.has("$ref")) {
			found = root.at(found.get("$ref").asString().substring(1));
		}
		if (found.isMissingNode()) {
			throw new AssertionError(node + " leads nowhere");
		}
		return found;
	}

	/** What is wrong with a value; empty if nothing is. */
	String errors(JsonNode schema, String json) {
		ObjectNode whole = schema.deepCopy().asObject();
		whole.set("components", root.get("components"));
		Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(whole.toString(), InputFormat.JSON);
		return String.join("; ", compiled.validate(json, InputFormat.JSON).stream().map(Object::toString).toList());
	}

	JsonNode root() {
		return root;
	}

	/** One method of one address. */
	record Operation(ApiDocument document, String method, String path, JsonNode node) {

		/** Empty if anybody may call it. */
		String scope() {
			return node.path("x-scope").asString("");
		}

		boolean isLooking() {
			return method.equals("GET");
		}

		List<JsonNode> parameters() {
			List<JsonNode> parameters = new ArrayList<>();
			node.path("parameters").forEach(parameter -> parameters.add(document.resolved(parameter)));
			return parameters;
		}

		/** The schema of the body; missing if it takes none. */
		JsonNode body() {
			return document.resolved(node.path("requestBody").path("content").path("application/json").path("schema"));
		}

		boolean hasBody() {
			return node.has("requestBody");
		}

		/** Of an answer with a status; missing if that is none of its answers. */
		JsonNode answer(int status) {
			JsonNode answer = node.path("responses").path(String.valueOf(status));
			return answer.isMissingNode() ? answer : document.resolved(answer);
		}

		/** With every parameter of the path filled in, as nobody would name anything. */
		String anyPath() {
			return path.replaceAll("\\{[^}]+}", "nothing-of-that-name");
		}

		@Override
		public String toString() {
			return method + " " + path;
		}

	}

}
