#include "survey/OneTimeToken.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::survey {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
namespace voprf = crypto::voprf;

namespace {

constexpr std::size_t kTokenBytes = 16, kMaxFile = 1u << 20;

/// What cannot be read stands for nothing seen yet: a spoilt file must not end all surveys.
json keysIn(const std::filesystem::path& file) {
    const auto text = base::readFile(file, kMaxFile);
    const auto parsed = text ? strict::parseJson(*text, kMaxFile) : base::fail(ProblemKind::FileMissing);
    return parsed && parsed->is_object() ? *parsed : json::object();
}

struct Answer {
    voprf::Evaluated evaluated;
    voprf::PublicKey key;
};

Result<Answer> readAnswer(const link::BlindedToken& token) {
    const auto element = crypto::fromBase64Url(token.evaluated), shown = crypto::fromBase64Url(token.key);
    auto proof = crypto::fromBase64Url(token.proof);
    auto evaluated = element ? voprf::Element::parse(*element) : std::nullopt;
    auto key = shown ? voprf::Element::parse(*shown) : std::nullopt;
    if (!evaluated || !key || !proof) return base::fail(ProblemKind::BadResponse, {{"detail", "shape"}});
    return Answer{{std::move(*evaluated), std::move(*proof)}, std::move(*key)};
}

}  // namespace

Result<void> TokenKeys::accept(const std::string& survey, const voprf::PublicKey& key) {
    auto keys = keysIn(file_);
    const auto text = crypto::toBase64Url(key.bytes());
    if (const auto seen = keys.find(survey); seen != keys.end())
        return *seen == text ? Result<void>() : base::fail(ProblemKind::UnknownKey);
    keys[survey] = text;
    if (auto made = base::makeDirectories(file_.parent_path()); !made) return made;
    return base::writeFileAtomically(file_, strict::dumpJson(keys));
}

void OneTimeToken::makePlain() {
    text = base::SecretText(crypto::toBase64Url(crypto::randomBytes(kTokenBytes)));
}

Result<base::SecretText> askFor(const std::string& survey, const base::SecretText& accessToken,
                                const voprf::Blinded& asked, const TokenService& service) {
    const auto got = service.ask(survey, accessToken, crypto::toBase64Url(asked.element.bytes()));
    if (!got) return tl::unexpected(got.error());
    const auto answer = readAnswer(*got);
    if (!answer) return tl::unexpected(answer.error());
    // First that the key is really the gateway's: a line that lies must not spoil what is remembered.
    const auto output = voprf::finalize(asked, answer->evaluated, answer->key);
    if (!output) return tl::unexpected(output.error());
    if (auto known = service.keys->accept(survey, answer->key); !known) return tl::unexpected(known.error());
    return base::SecretText(crypto::toBase64Url(output->reveal()));
}

}  // namespace tram::survey
