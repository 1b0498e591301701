#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// Above 125 %: a page then shows first what matters most, and less at a time.
bool largeText(const Host& host);

/// Pieces that several pages share.
kit::ViewRef title(const std::string& text);
/// Of a row's icon, by how its matter stands.
kit::TilePair pairOf(kit::Mood mood);
kit::ViewRef muted(const std::string& text, kit::Align align = kit::Align::Start);
/// A source that we have words for, in the session's language; another one by the name it gives itself.
std::string sourceName(const Host& host, const std::string& source);
/// "Nguồn … · cập nhật hh:mm, ngày"
kit::ViewRef sourceLine(const Host& host, const std::string& source, const std::string& asOf);
/// On a wide screen lines longer than about ninety letters are hard to follow.
inline constexpr double kReadingWidth = 1240;

/// A page body of its own width that scrolls when it must.
kit::ViewRef body(const Host& host, std::string id, kit::Views children);
/// The same for rows of tiles, of which none is shown in part; another gap than the theme's is for little
/// room.
kit::ViewRef tilesBody(const Host& host, std::string id, kit::Views children, double gap);
/// The same, its content in the middle of the page (problem.png).
kit::ViewRef centredBody(const Host& host, std::string id, kit::Views children,
                         double maxWidth = kReadingWidth);
/// How something came out (problem.png): what happened, and what can be done now.
struct Outcome {
    std::string icon;
    kit::Mood mood = kit::Mood::Warn;
    kit::ViewRef (*words)(std::string text, kit::TextStyle style) = kit::paragraph;
    std::string title, id = {};  ///< the title's
    std::string what;
    kit::Views told = {};    ///< what belongs to that: facts, a code in letters
    kit::Views ways = {};    ///< what can be done
    kit::ViewRef code = {};  ///< to scan with a phone
    std::string kept = {};   ///< what nobody need worry about: of all this the last to be missed
    std::string page = "page";
};
/// One below the other on a screen that stands; on one that lies the ways out stand beside what happened.
/// Large letters take the picture's place before they push a way out of sight.
kit::ViewRef outcomeBody(const Host& host, Outcome outcome);
/// Numbered steps, each with its picture: beside each other, or below.
struct PicturedStep {
    const char* icon;
    std::string text;
};
kit::ViewRef picturedSteps(std::vector<PicturedStep> steps, bool abreast);
/// "Có thể làm ngay" and what.
kit::ViewRef whatToDo(const Host& host, const std::vector<std::string>& lines);
/// QR on a white card, with the link's host below for those who type; nothing when it cannot be drawn.
kit::ViewRef qrCard(const std::string& link, double size, const std::string& spoken);
/// How high a field for sentences is at least: beside a keyboard and large letters its error has to be seen.
int wordsLines(const Host& host);
/// A picture's bytes as the kit wants them; overwritten when nobody shows them any more.
std::shared_ptr<const std::string> shownBytes(const base::SecretBytes& picture);
/// Buttons beside each other, equally wide, when the words of each have one line; else below each other.
kit::ViewRef halves(kit::Views buttons);
/// 112, 113, 114, 115 in red, as UI.md wants danger.
kit::ViewRef dangerBanner(const Host& host, std::string_view key);
kit::ButtonOptions primary(std::string id, std::string label, std::string icon, kit::Action onPress);

}  // namespace tram::screens
