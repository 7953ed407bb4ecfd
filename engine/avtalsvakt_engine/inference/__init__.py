"""Where the law concludes: durable-rules behind a fence, asked with words and answering with a conclusion."""
