#include "wire/Rating.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/VietnameseText.h"
#include "wire/DossierStatus.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"
#include "wire/VisitToken.h"

namespace tram::wire {

namespace {

using nlohmann::json;
using RatingAbout = Rating::About;
using Part = KioskFault::Part;

constexpr std::size_t kMaxOffice = 512, kMaxReason = 40, kBytesOfCharacter = 4;
constexpr std::size_t kProofSymbols = 22;  // base64url of 16 bytes
constexpr std::array<std::string_view, kFaultParts> kParts = {
    "screen", "touch", "camera", "printer", "sound", "slow", "wrong_information", "other"};

bool isPart(std::string_view text) {
    return std::ranges::find(kParts, text) != kParts.end();
}
bool isProof(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return text.size() == kProofSymbols && bytes && bytes->size() == 16;
}
bool isVisit(std::string_view text) {
    const auto token = VisitToken::parse(text);
    return token && token->text() == text;
}

json subjectOf(const Rating& rating) {
    switch (rating.about) {
        case RatingAbout::Dossier:
            return {{"dossier", rating.code}, {"office", rating.office}, {"proof", rating.proof.reveal()}};
        case RatingAbout::Visit:
            return {{"visit", rating.proof.reveal()}};
        case RatingAbout::Kiosk:
            break;
    }
    return {{"kiosk", true}};
}

void readSubject(Members& members, Rating& rating) {
    Members subject(members.object("subject"));
    if (subject.has("dossier")) {
        rating.about = RatingAbout::Dossier;
        rating.code = subject.text("dossier", DossierStatus::kLongestCode, isNotEmpty);
        rating.office = subject.text("office", kMaxOffice);
        rating.proof = subject.secret("proof", kProofSymbols, isProof);
    } else if (subject.has("visit")) {
        rating.about = RatingAbout::Visit;
        rating.proof = subject.secret("visit", VisitToken::kSymbols, isVisit);
    } else if (!subject.flag("kiosk")) {
        subject.refuse("kiosk");
    }
    members.adopt(subject.finish());
}

void readReasons(Members& members, Rating& rating) {
    for (const json& one : members.array("reasons", 0, Rating::kMostReasons)) {
        const auto* text = one.get_ptr<const std::string*>();
        const bool fine = text && text->size() <= kMaxReason && isSlug(*text) &&
                          std::ranges::find(rating.reasons, *text) == rating.reasons.end();
        if (!fine) return members.refuse("reasons");
        rating.reasons.push_back(*text);
    }
}

base::SecretText readWords(Members& members, std::size_t most) {
    auto words = members.prose("words", most * kBytesOfCharacter);
    if (base::toUtf32(words.reveal()).size() > most) members.refuse("words");
    return words;
}

}  // namespace

std::string_view name(RatingAbout about) {
    constexpr std::string_view kNames[] = {"dossier", "visit", "kiosk"};
    return kNames[static_cast<std::size_t>(about)];
}

std::string_view name(Part part) {
    return kParts[static_cast<std::size_t>(part)];
}

Rating Rating::copy() const {
    return {about, code, office, proof.copy(), stars, reasons, words.copy(), language};
}

base::SecretText Rating::toJson() const {
    ScrubbedJson body(json{{"v", 1},
                           {"subject", subjectOf(*this)},
                           {"stars", stars},
                           {"reasons", reasons},
                           {"words", words.reveal()},
                           {"language", language}});
    return base::SecretText(dumpJson(body.value));
}

base::Result<Rating> Rating::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    Rating rating;
    readSubject(members, rating);
    rating.stars = static_cast<int>(members.integer("stars", 1, kMostStars));
    readReasons(members, rating);
    rating.words = readWords(members, kMaxWords);
    rating.language = members.text("language", 2, isLanguage);
    return members.finish().map([&] { return std::move(rating); });
}

std::string OfficeRating::toJson() const {
    return dumpJson(json{{"tenths", tenths}, {"count", count}, {"as_of", asOf}});
}

base::Result<OfficeRating> OfficeRating::parse(std::string_view text) {
    const auto parsed = parseJson(text, 1024);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    OfficeRating rating;
    rating.tenths = static_cast<int>(members.integer("tenths", 10, 50));
    rating.count = members.integer("count", 1, 1'000'000'000);
    rating.asOf = members.text("as_of", 10, isDate);
    return members.finishLeniently().map([&] { return std::move(rating); });
}

base::SecretText KioskFault::toJson() const {
    ScrubbedJson body(json{{"v", 1}, {"part", name(part)}, {"words", words.reveal()}});
    return base::SecretText(dumpJson(body.value));
}

base::Result<KioskFault> KioskFault::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    KioskFault fault;
    const auto part = members.text("part", 32, isPart);
    if (const auto* known = std::ranges::find(kParts, part); known != kParts.end())
        fault.part = static_cast<Part>(known - kParts.begin());
    fault.words = readWords(members, kMaxWords);
    return members.finish().map([&] { return std::move(fault); });
}

}  // namespace tram::wire
