// Who somebody is: ID tokens and key sets, what the gateway answers about a login, and what is scanned.
#include <unicode/uchar.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "Fixed.h"
#include "Input.h"
#include "base/VietnameseText.h"
#include "identity/ScanBurst.h"
#include "identity/ScannedText.h"
#include "link/OAuthReply.h"
#include "oidc/IdToken.h"
#include "strict/Json.h"

using namespace tram;

namespace {

const std::string kNonce = "AAECAwQFBgcICQoLDA0ODw";

const oidc::Jwks& keys() {
    static const auto set = *oidc::Jwks::parse(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":")" +
                                               fixed::signing().verifyKey().text() + "\"}]}");
    return set;
}
base::Result<oidc::IdToken> verified(std::string_view token) {
    return oidc::IdToken::verify(token, {fixed::kAudience, fixed::kKiosk, kNonce}, keys(), fixed::now());
}
std::string tokenOf(std::string_view header, std::string_view claims) {
    const auto input =
        crypto::toBase64Url(crypto::view(header)) + "." + crypto::toBase64Url(crypto::view(claims));
    return input + "." + crypto::toBase64Url(fixed::signing().sign(crypto::view(input)));
}
std::string claims() {
    const auto now = std::chrono::floor<std::chrono::seconds>(fixed::now()).time_since_epoch().count();
    return R"({"iss":")" + fixed::kAudience + R"(","sub":"s","aud":")" + fixed::kKiosk + R"(","nonce":")" +
           kNonce + R"(","name":"An","iat":)" + std::to_string(now) + R"(,"exp":)" +
           std::to_string(now + 300) + "}";
}

void damagedIdToken(Input& input) {
    static const auto genuine = tokenOf(R"({"alg":"EdDSA","kid":"k"})", claims());
    const auto token = damaged(genuine, input);
    must(verified(token).has_value() == (token == genuine), "a changed ID token is refused");
}

/// Header and claims as somebody with the right key may write them.
void hostileIdToken(Input& input) {
    const std::string header(input.line()), body(input.rest());
    const auto token = verified(tokenOf(header, body));
    if (!token) return;
    const auto skew = oidc::IdToken::kSkew;
    must(token->issuedAt <= fixed::now() + skew && token->expiresAt > fixed::now() - skew, "it is in force");
    must(!token->subject.empty() && token->subject.reveal().size() <= 255, "it is somebody's");
    const auto number = token->personalNumber.reveal();
    must(number.empty() || number.size() == 12, "a number has twelve digits");
    must(body.find(kNonce) != body.npos || body.find('\\') != body.npos, "it was made for this login");
}

void keySet(std::string_view text) {
    const auto set = oidc::Jwks::parse(text);
    if (set) must(set->size() <= oidc::Jwks::kMaxKeys, "a set has so many keys and no more");
}

bool isPrintable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~'; });
}

void answers(std::string_view text) {
    const auto json = strict::parseJson(text, 64 << 10);
    if (!json) return;
    if (const auto code = link::readDeviceCode(*json)) {
        must(isPrintable(code->qrText()) && !code->qrText().empty(), "a QR holds what a camera reads");
        must(code->expiresIn > base::Millis(0) && code->userCode.size() <= 32, "a code has its bounds");
    }
    if (const auto tokens = link::readTokens(*json))
        must(tokens->lives <= std::chrono::minutes(15), "no token lives longer");
    if (const auto mine = link::readMyReports(*json))
        must(mine->reports.size() <= 100, "a list has its bounds");
    (void)link::readPollError(*json);
    (void)link::endpointPath(std::string(text));
}

const identity::ScanRules& rules() {
    static const auto made = *identity::ScanRules::make(
        {wire::DossierPatterns::usual(), {"dichvucong.gov.vn"}, "https://tram.example.vn"});
    return made;
}

/// By what each character is not; CitizenCard asks what it is.
bool isName(const std::string& name) {
    constexpr std::uint32_t kNever = ~(U_GC_L_MASK | U_GC_MN_MASK | U_GC_PD_MASK | U_GC_PO_MASK |
                                       U_GC_PI_MASK | U_GC_PF_MASK | U_GC_ZS_MASK);
    return !name.empty() && std::ranges::none_of(base::toUtf32(name), [](char32_t c) {
        return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kNever) != 0 ||
               u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EMOJI) != 0;
    });
}

void scanned(std::string_view text) {
    const auto what = identity::readScanned(text, rules(), fixed::now());
    if (const auto* card = std::get_if<identity::CitizenCard>(&what)) {
        must(card->number.reveal().size() == 12 && card->birthDate.reveal().size() == 10, "a card is whole");
        must(isName(card->name.reveal()), "a name is a name");
    }
    if (const auto* code = std::get_if<identity::DossierCode>(&what))
        must(rules().dossiers().fits(code->text) && code->slipSecret.reveal().size() <= 64,
             "a code fits its pattern, and a secret is short");
    if (const auto* report = std::get_if<identity::ReportCode>(&what))
        must(report->receiptSecret.empty() || report->receiptSecret.reveal().size() == 22,
             "a secret is whole");
    // A card says the same with anything behind its seventh field.
    const std::string more = std::string(text) + "|079060000001|x";
    if (std::ranges::count(text, '|') >= 6 && more.size() <= identity::CitizenCard::kMaxBytes)
        must(identity::CitizenCard::read(text, fixed::now()).has_value() ==
                 identity::CitizenCard::read(more, fixed::now()).has_value(),
             "what may be a relative's changes nothing");
}

/// Each two bytes are a pause and a key. Every key becomes text or part of a scan, once and in its order;
/// what is dropped without being in one is the rest of one that was too long or began elsewhere. A scan that
/// can be read has its beginning: nothing came shortly before that.
void burst(Input& input) {
    identity::ScanBurst recogniser;
    std::size_t pressed = 0, done = 0;
    base::Millis now{0};
    std::vector<base::Millis> pauses;  // before each key
    bool mayDrop = false;
    const auto settle = [&](const identity::ScanBurst::Outcome& outcome) {
        done += outcome.typed;
        must(outcome.dropped || !outcome.scan, "what was scanned is held no more");
        must(outcome.scan || !outcome.dropped || mayDrop, "nothing is dropped without a reason");
        const bool readable = outcome.scan && !outcome.scan->empty() &&
                              outcome.scan->reveal().size() <= identity::ScanBurst::kLongest;
        must(!readable || pauses[done] > identity::ScanBurst::kPause, "no scan begins amid keys");
        if (outcome.dropped) done = pressed;
        if (outcome.scan) mayDrop = outcome.scan->reveal().size() > identity::ScanBurst::kLongest;
        must(done + recogniser.held() == pressed, "no key is lost or doubled");
    };
    while (!input.empty()) {
        const base::Millis pause(input.byte());
        now += pause;
        if (const auto due = recogniser.due(); due && *due <= now) settle(recogniser.tick(*due));
        if (pause > identity::ScanBurst::kPause) mayDrop = false;
        const auto key = input.byte();
        if (key == 1) {
            mayDrop = true;
            settle(recogniser.begin(now));
            continue;
        }
        // A press, or a key without a character, tears a scan.
        if (key == 2 || key == 0) mayDrop = mayDrop || recogniser.held() >= identity::ScanBurst::kShortest;
        if (key == 2) {
            settle(recogniser.press(now));
            continue;
        }
        ++pressed;
        pauses.push_back(pause);
        if (key == '\n')
            settle(recogniser.enter(now));
        else if (key == 0)
            settle(recogniser.other(now));
        else
            settle(recogniser.key(key, now));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(6)) {
        case 0:
            damagedIdToken(input);
            break;
        case 1:
            hostileIdToken(input);
            break;
        case 2:
            keySet(input.rest());
            break;
        case 3:
            answers(input.rest());
            break;
        case 4:
            scanned(input.rest());
            break;
        case 5:
            burst(input);
            break;
    }
    return 0;
}
