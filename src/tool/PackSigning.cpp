// Keys, manifests and roots: who vouches for packs.
#include <iostream>
#include <memory>
#include <set>

#include "base/Clock.h"
#include "base/Files.h"
#include "crypto/Keys.h"
#include "publish/ManifestMaker.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"
#include "trust/Documents.h"

namespace tram::tool {

using base::Result;
using trust::Role;

namespace {

constexpr unsigned kPublic = 0644;  // whoever publishes it is seldom who signed it

struct Signing {
    std::string file, key, root;
    std::vector<std::string> packs;
    int version = 1, days = 90;
    bool signaturesOnly = false, empty = false;
    std::map<Role, std::vector<std::string>> keys;
    std::map<Role, std::size_t> thresholds;
};

Result<std::string> readDocument(const std::string& file) {
    return base::readFile(file, trust::kMaxDocument);
}

Result<void> makeKey(const Tool& tool, const Signing& asked) {
    if (std::filesystem::exists(asked.file))
        return base::fail(base::ProblemKind::Conflict, {{"key", "exists"}, {"path", asked.file}});
    const auto key = crypto::SigningKey::generate();
    if (auto saved = key.save(asked.file); !saved) return saved;
    tool.print("tool.pack.key",
               {{"key", key.verifyKey().text()}, {"fingerprint", key.verifyKey().fingerprint()}});
    return {};
}

/// From now on, for so many days.
template <class Document>
void setTimes(Document& document, const Signing& asked) {
    document.version = asked.version;
    document.signedAt = base::SystemClock().wall();
    document.expires = document.signedAt + std::chrono::hours(24) * asked.days;
}

/// Without a signature yet: each who vouches for it adds one.
template <class Document>
Result<void> writeUnsigned(const Document& document, const std::string& file) {
    // What cannot be read again must not be given to anybody to sign.
    if (auto read = Document::parse(document.toJson()); !read) return tl::unexpected(read.error());
    return base::writeFileAtomically(
        file, wire::Cosigned{std::string(Document::kPayloadType), document.toJson(), {}}.toJson(), kPublic);
}

Result<void> makeManifest(const Tool&, const Signing& asked) {
    if (asked.packs.empty() && !asked.empty)  // kiosks that take it would show nothing any more
        return base::fail(base::ProblemKind::OutOfRange, {{"key", "no_packs"}});
    auto manifest = publish::manifestOf({asked.packs.begin(), asked.packs.end()});
    if (!manifest) return tl::unexpected(manifest.error());
    setTimes(*manifest, asked);
    return writeUnsigned(*manifest, asked.file);
}

Result<trust::RoleKeys> roleOf(const Signing& asked, Role role) {
    trust::RoleKeys keys{{}, asked.thresholds.at(role)};
    for (const auto& text : asked.keys.at(role)) {
        auto key = crypto::VerifyKey::parse(text);
        if (!key) return base::fail(base::ProblemKind::Malformed, {{"key", "verify_key"}});
        keys.keys.push_back(std::move(*key));
    }
    return keys;
}

Result<void> makeRoot(const Tool&, const Signing& asked) {
    trust::Root root;
    for (const auto& [role, texts] : asked.keys) {
        auto keys = roleOf(asked, role);
        if (!keys) return tl::unexpected(keys.error());
        root.roles.emplace(role, std::move(*keys));
    }
    setTimes(root, asked);
    return writeUnsigned(root, asked.file);
}

Result<void> sign(const Tool& tool, const Signing& asked) {
    const auto bytes = readDocument(asked.file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto document = wire::Cosigned::parse(*bytes);
    if (!document) return tl::unexpected(document.error());
    if (document->payloadType != trust::Root::kPayloadType &&
        document->payloadType != trust::Manifest::kPayloadType)
        return base::fail(base::ProblemKind::Malformed, {{"key", "payloadType"}});
    const auto key = crypto::SigningKey::load(asked.key);
    if (!key) return tl::unexpected(key.error());
    document->sign(*key);
    if (auto written = base::writeFileAtomically(asked.file, document->toJson(), kPublic); !written)
        return written;
    std::cout << harmless(document->payload) << '\n';
    tool.print("tool.pack.signed", {{"count", std::to_string(document->signatures.size())}});
    return {};
}

/// The document's own words on whose signatures are missing, and whose are of no use.
void tellSignatures(const Tool& tool, const std::string& file, std::string_view bytes, Role role,
                    const trust::RoleKeys& keys) {
    const auto document = wire::Cosigned::parse(bytes);
    if (!document) return;
    const auto found = trust::signaturesOf(*document, keys);
    const std::string of(trust::name(role));
    std::cerr << tool.say("tool.pack.signatures", {{"path", file},
                                                   {"count", std::to_string(found.good.size())},
                                                   {"needed", std::to_string(found.needed)},
                                                   {"keys", std::to_string(keys.keys.size())},
                                                   {"role", of}})
              << '\n';
    for (const auto& key : found.good)
        std::cerr << tool.say("tool.pack.signature.good", {{"key", key}}) << '\n';
    for (const auto& key : found.broken)
        std::cerr << tool.say("tool.pack.signature.broken", {{"key", key}}) << '\n';
    for (const auto& key : found.foreign)
        std::cerr << tool.say("tool.pack.signature.foreign", {{"key", key}, {"role", of}}) << '\n';
}

tl::unexpected<base::Problem> ofDocument(base::Problem problem, const char* which, const std::string& file) {
    if (problem.kind == base::ProblemKind::BadSignature) problem.facts.emplace_back("key", which);
    problem.facts.emplace_back("path", file);
    return tl::unexpected(std::move(problem));
}

bool isOtherKind(const base::Problem& problem) {
    return problem.fact("detail") == "payload type";
}

/// What the root says of itself, where it does not hold.
tl::unexpected<base::Problem> badRoot(const Tool& tool, const Signing& asked, std::string_view bytes,
                                      const base::Problem& problem) {
    if (isOtherKind(problem)) return ofDocument(problem, "no_root", asked.root);
    const auto document = wire::Cosigned::parse(bytes);
    const auto root = document ? trust::Root::parse(document->payload) : tl::unexpected(problem);
    if (problem.kind == base::ProblemKind::BadSignature && root)
        tellSignatures(tool, asked.root, bytes, Role::Root, root->of(Role::Root));
    return ofDocument(problem, "root", asked.root);
}

tl::unexpected<base::Problem> badManifest(const Tool& tool, const Signing& asked, std::string_view bytes,
                                          const trust::Root& root, const base::Problem& problem) {
    if (isOtherKind(problem)) return ofDocument(problem, "no_manifest", asked.file);
    if (problem.kind == base::ProblemKind::BadSignature)
        tellSignatures(tool, asked.file, bytes, Role::Content, root.of(Role::Content));
    return ofDocument(problem, "manifest", asked.file);
}

/// Each that was given, and that each named one was.
Result<void> checkPacks(const trust::Manifest& manifest, const Signing& asked) {
    std::set<std::string> given;
    for (const auto& path : asked.packs) {
        const auto name = publish::checkPack(manifest, path);
        if (!name) return tl::unexpected(name.error());
        given.insert(*name);
    }
    std::string missing;
    for (const auto& pack : manifest.packs)
        if (!given.contains(pack.name)) missing += (missing.empty() ? "" : ", ") + pack.name;
    if (!missing.empty() && !asked.signaturesOnly)
        return base::fail(base::ProblemKind::NotFound, {{"key", "packs"}, {"detail", missing}});
    return {};
}

Result<void> verify(const Tool& tool, const Signing& asked) {
    const auto rootBytes = readDocument(asked.root), bytes = readDocument(asked.file);
    if (!rootBytes) return tl::unexpected(rootBytes.error());
    if (!bytes) return tl::unexpected(bytes.error());
    const auto root = trust::openRoot(*rootBytes);
    if (!root) return badRoot(tool, asked, *rootBytes, root.error());
    const auto manifest = trust::openManifest(*bytes, *root);
    if (!manifest) return badManifest(tool, asked, *bytes, *root, manifest.error());
    if (auto packs = checkPacks(*manifest, asked); !packs) return packs;
    if (manifest->expires <= base::SystemClock().wall())
        return base::fail(base::ProblemKind::Expired, {{"path", asked.file}});
    tool.print("tool.pack.verified", {{"version", std::to_string(manifest->version)},
                                      {"expires", base::toRfc3339(manifest->expires)},
                                      {"count", std::to_string(manifest->packs.size())}});
    return {};
}

/// A command on one file, and what it is told besides.
template <class Act>
CLI::App* addFileAct(CLI::App& pack, Tool& tool, const char* name, const std::shared_ptr<Signing>& asked,
                     Act act) {
    CLI::App* command = pack.add_subcommand(name, tool.say(std::string("tool.help.pack.") + name));
    command->add_option("file", asked->file, tool.say(std::string("tool.help.pack.") + name + ".first"))
        ->type_name("FILE")
        ->required();
    command->callback([&tool, asked, act] {
        if (auto done = act(tool, *asked); !done) tool.fail(done.error());
    });
    return command;
}

void addTimes(CLI::App& command, const Tool& tool, Signing& asked) {
    command.add_option("--number", asked.version, tool.say("tool.help.pack.version"))
        ->check(CLI::PositiveNumber)
        ->required();
    command.add_option("--days", asked.days, tool.say("tool.help.pack.days"))->check(CLI::Range(1, 3650));
}

void addRoles(CLI::App& command, const Tool& tool, Signing& asked) {
    for (const auto role : {Role::Root, Role::Content, Role::Alerts, Role::Staff}) {
        const auto option = "--" + std::string(trust::name(role));
        asked.thresholds[role] = 1;
        command.add_option(option, asked.keys[role], tool.say("tool.help.pack.role_keys"))
            ->type_name("KEY")
            ->required();
        command
            .add_option(option + "-threshold", asked.thresholds[role], tool.say("tool.help.pack.threshold"))
            ->check(CLI::Range(1, 16));
    }
}

}  // namespace

void addPackSigning(CLI::App& pack, Tool& tool) {
    const auto asked = std::make_shared<Signing>();
    addFileAct(pack, tool, "key", asked, makeKey);
    auto* manifest = addFileAct(pack, tool, "manifest", asked, makeManifest);
    manifest->add_option("packs", asked->packs, tool.say("tool.help.pack.packs"))->type_name("PACK");
    manifest->add_flag("--empty", asked->empty, tool.say("tool.help.pack.manifest.empty"));
    addTimes(*manifest, tool, *asked);
    auto* root = addFileAct(pack, tool, "root", asked, makeRoot);
    addTimes(*root, tool, *asked);
    addRoles(*root, tool, *asked);
    addFileAct(pack, tool, "sign", asked, sign)
        ->add_option("--key", asked->key, tool.say("tool.help.pack.sign.key"))
        ->type_name("FILE")
        ->required();
    auto* check = addFileAct(pack, tool, "verify", asked, verify);
    check->add_option("--root", asked->root, tool.say("tool.help.pack.verify.root"))
        ->type_name("FILE")
        ->required();
    check->add_option("packs", asked->packs, tool.say("tool.help.pack.packs"))->type_name("PACK");
    check->add_flag("--signatures-only", asked->signaturesOnly,
                    tool.say("tool.help.pack.verify.signatures_only"));
}

}  // namespace tram::tool
