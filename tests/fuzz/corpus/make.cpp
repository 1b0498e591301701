// Writes the seed corpora anew: what the programs themselves make of made-up people, one small file each.
//   build/asan/bin/make_corpus tests/fuzz/corpus
// Keys are those of ../Fixed.h; files named found-… are inputs that once failed, and stay.
#include <iostream>

#include "Corpus.h"

using namespace tram::seeds;

int main(int count, char** arguments) {
    if (count != 2) return std::cerr << "make_corpus DIRECTORY\n", 2;
    const fs::path root(arguments[1]);
    wireCorpus({root, "wire"});
    textCorpus({root, "text"});
    Corpus(root, "promise").add(3, "K7M-3Q9-X2T-W");
    Corpus(root, "heap").add('T', "race");
    typingCorpus({root, "typing"});
    configCorpus({root, "config"});
    cryptoCorpus({root, "crypto"});
    identityCorpus({root, "identity"});
    httpCorpus({root, "http"});
    filesCorpus({root, "files"});
    picturesCorpus({root, "pictures"});
    cameraCorpus({root, "camera"});
    storeCorpus({root, "store"});
    salvageCorpus({root, "salvage"});
    inboxCorpus({root, "inbox"});
    doorCorpus({root, "door"});
    booksCorpus({root, "books"});
    themeCorpus({root, "theme"});
    loginCorpus({root, "login"});
    contentCorpus({root, "content"});
    mapCorpus({root, "map"});
    alertsCorpus({root, "alerts"});
    assistCorpus({root, "assist"});
    ledgerCorpus({root, "ledger"});
    return 0;
}
