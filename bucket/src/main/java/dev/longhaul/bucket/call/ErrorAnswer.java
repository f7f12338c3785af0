package dev.longhaul.bucket.call;

/**
 * An error as S3 answers it.
 *
 * @param code the word clients decide by
 */
public record ErrorAnswer(int status, String code, String message) {

	/** The document that goes into the body, in the form B2 gives it. */
	public String document() {
		return """
				<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
				<Error>
				    <Code>%s</Code>
				    <Message>%s</Message>
				</Error>
				""".formatted(code, message.replace("&", "&amp;").replace("<", "&lt;"));
	}

}
