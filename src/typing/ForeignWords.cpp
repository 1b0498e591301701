#include "typing/ForeignWords.h"

#include <algorithm>
#include <string>

namespace tram::typing {
namespace {

// clang-format off
constexpr std::string_view kWords[] = {
    "affair", "affairs", "affect", "affected", "affiliate", "afford", "arrange", "arrangement", "array",
    "arrest", "arrival", "arrive", "arrow", "assembly", "assess", "asset", "assets", "assign", "assignment",
    "assist", "assistant", "associate", "association", "assume", "assurance", "assure", "barrel", "barrier",
    "barry", "berry", "borrow", "boss", "bosses", "burrito", "carrier", "carrot", "carry", "cherry",
    "coffee", "correct", "correction", "corridor", "corrupt", "currency", "current", "currently", "curry",
    "differ", "difference", "different", "difficult", "difficulty", "dossier", "effect", "effective",
    "effects", "efficient", "effort", "efforts", "error", "errors", "espresso", "essay", "essence",
    "essential", "ferrari", "fossil", "garry", "gossip", "harry", "horror", "hurry", "hussein", "irregular",
    "issue", "issues", "jerry", "kiss", "kissinger", "larry", "lasso", "lesson", "lessons", "major",
    "massachusetts", "massage", "massive", "merry", "message", "messages", "messenger", "messi", "mirror",
    "miss", "missed", "missing", "mission", "missions", "mississippi", "missouri", "momo", "muffin",
    "narrow", "nissan", "odyssey", "offer", "offers", "office", "officer", "officers", "offices",
    "official", "officially", "offline", "offset", "offshore", "paris", "pass", "passage", "passed",
    "passenger", "passengers", "passion", "passive", "passport", "passports", "password", "passwords",
    "perry", "possess", "possession", "possibility", "possible", "possibly", "reset", "ross", "rossi",
    "russia", "russian", "sars", "session", "sessions", "sorry", "suffer", "sufficient", "suffix",
    "surrender", "surround", "tariff", "taxi", "terrace", "terrible", "territory", "terror", "terry",
    "tissue", "toffee", "toss", "traffic", "vessel", "xerox",
};
// clang-format on

static_assert(std::is_sorted(std::begin(kWords), std::end(kWords)));

}  // namespace

bool isForeignWord(std::u32string_view keys) {
    std::string small;
    for (char32_t key : keys) {
        const bool upper = key >= U'A' && key <= U'Z';
        if (!upper && (key < U'a' || key > U'z')) return false;
        small += static_cast<char>(upper ? key + 32 : key);
    }
    return std::binary_search(std::begin(kWords), std::end(kWords), small);
}

}  // namespace tram::typing
