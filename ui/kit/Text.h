#pragma once
#include "ui/kit/Layout.h"

namespace tram::kit {

struct TextStyle {
    Type role = Type::Body;
    Colour colour = Colour::Ink;
    Align align = Align::Start;
    bool bold = false;
    double least = 1;      ///< words too long for a line become smaller before they break, down to this share
    bool heading = false;  ///< spoken and listed as a heading
    std::string id = {};
    std::string spoken = {};  ///< when it should be said otherwise than written (codes)
};
/// `**bold**` marks bold spans (in ink where the rest is muted); "\n" breaks. Wraps at blanks by measured
/// words (under the words of a "•", not under the point), never at a kNoBreak, and breaks words that are
/// longer than the line, behind "-" and the like first: it never clips.
ViewRef paragraph(std::string text, TextStyle style = {});
/// Text from people: no `**` marks are looked for.
ViewRef plainText(std::string text, TextStyle style = {});

/// A blank at which no line ends.
inline constexpr std::string_view kNoBreak = "\u00A0";
/// In one piece: "Bước 2 / 6", a button's two words.
std::string unbroken(std::string text);
/// With ordinary blanks again, as it is said.
std::string broken(std::string text);

/// `name` is a Material Icons ligature ("campaign"); `size` in reference pixels.
ViewRef icon(std::string name, double size, Colour colour = Colour::Ink);
/// An icon in a soft rounded box, as on the tiles of home.png.
ViewRef iconTile(std::string name, TilePair pair, double size = kDefault);
/// The big round mark on top of a receipt or a problem page.
enum class Mood { Info, Ok, Warn, Danger };
ViewRef hero(std::string icon, Mood mood, bool large = false);
/// The square with the service's letters.
ViewRef logo(std::string letters = "CDS");

}  // namespace tram::kit
