#pragma once
#include <string>
#include <string_view>

#include "publish/TableSource.h"

namespace tram::publish {

/// RSS 2.0 or Atom (RFC 4287): columns id, title, published (the day, here), text, link; a row is an item,
/// from
/// 1. Text is what a reader without markup sees: tags go, and with scripts and styles also what is in them.
/// A document type is refused: nothing of ours needs an entity (XML 1.0 §4.2).
Table readFeed(std::string_view text, const std::string& file, Faults& faults);

/// HTML as a feed carries it → lines of text.
std::string plainText(std::string_view html);

/// RFC 822 §5 with a year of four digits ("Tue, 10 Nov 2026 20:00:00 GMT", "+0700") or RFC 3339 → the day in
/// this city, YYYY-MM-DD; "" for anything else.
std::string dayOf(const std::string& time);

}  // namespace tram::publish
