// The draft of the scorecards.
