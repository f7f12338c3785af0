package dev.longhaul.scheduler.notification;

import java.time.Duration;

import tools.jackson.core.JsonGenerator;

/**
 * A room of people, by its incoming webhook. Whoever knows its URL may write there.
 */
public final class Chat implements Medium {

	private final Dialect dialect;

	private final WebAddress.Secret address;

	private final Web web;

	public Chat(Dialect dialect, WebAddress.Secret address, Web web) {
		this.dialect = dialect;
		this.address = address;
		this.web = web;
	}

	/** What the other side understands. */
	public enum Dialect {

		/** Also Mattermost and Rocket.Chat. */
		SLACK("Slack") {

			@Override
			void write(JsonGenerator json, Message message) {
				json.writeStringProperty("text",
						"*%s*\n%s".formatted(escaped(message.subject()), escaped(fenced(SLACK_LENGTH, message))));
			}

			/** What else would be a link, or a call to everybody. */
			private static String escaped(String text) {
				return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
			}

		},

		/** With nobody mentioned, whatever the text says. */
		DISCORD("Discord") {

			@Override
			void write(JsonGenerator json, Message message) {
				json.writeStringProperty("content", "**%s**\n%s".formatted(message.subject(),
						fenced(DISCORD_LENGTH - message.subject().length(), message)));
				json.writeObjectPropertyStart("allowed_mentions");
				json.writeArrayPropertyStart("parse");
				json.writeEndArray();
				json.writeEndObject();
			}

		},

		/** By matrix-hookshot, or what is compatible to it. */
		MATRIX("Matrix") {

			@Override
			void write(JsonGenerator json, Message message) {
				json.writeStringProperty("username", "Longhaul");
				json.writeStringProperty("text",
						"%s\n%s".formatted(message.subject(), Shortened.to(MATRIX_LENGTH, message.text())));
				if (!message.html().isEmpty() && message.html().length() <= MATRIX_LENGTH) {
					json.writeStringProperty("html", message.html());
				}
			}

		};

		/** A longer one is cut by Slack. */
		private static final int SLACK_LENGTH = 3500;

		/** A content has 2,000 characters at most, with fences and the like. */
		private static final int DISCORD_LENGTH = 1950;

		/** An event has 64 KiB at most, with the text in it twice. */
		private static final int MATRIX_LENGTH = 15_000;

		private final String word;

		Dialect(String word) {
			this.word = word;
		}

		abstract void write(JsonGenerator json, Message message);

		/** Of one width, so that a table stays one. */
		private static String fenced(int characters, Message message) {
			return "```\n%s\n```".formatted(Shortened.to(characters, message.text().replace("```", "'''")));
		}

	}

	@Override
	public String describe() {
		return "%s at %s".formatted(dialect.word, address.place());
	}

	@Override
	public void check() {
		address.uri();
	}

	@Override
	public Delivery deliver(Message message) {
		return web.send(message, told -> Post.json(address.uri(), Json.object(json -> dialect.write(json, told))));
	}

	@Override
	public Duration freshness() {
		return Channel.NEWS;
	}

}
